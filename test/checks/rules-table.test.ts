import { readFileSync } from 'fs';
import { join } from 'path';
import { RULES } from '../../src/checks/rules';
import { rulesTable } from '../../src/checks/rules-table';

test('docs/rules.md is up to date: run node scripts/rules.js', () => {
  expect(readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8')).toBe(rulesTable());
});

test('every rule has an id of its own and says what, why and how', () => {
  expect(new Set(RULES.map(rule => rule.id)).size).toBe(RULES.length);
  for (const rule of RULES) {
    expect(rule.id).toMatch(/^(INPUT|SPIRE|FED|MESH|ENVOY|OPA|OBS|OPS|HELM|CILIUM|LINKERD)-[A-Z0-9-]+$/);
    for (const text of [rule.title, rule.why, rule.fix, rule.source]) {
      expect(text).not.toBe('');
      expect(text).not.toMatch(/\.$/);
    }
  }
});
