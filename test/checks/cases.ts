import { readFileSync } from 'fs';
import { join } from 'path';
import { Engine } from '../../src/checks/engine';
import { Finding } from '../../src/checks/finding';
import { Rule } from '../../src/checks/rule';
import { RULES } from '../../src/checks/rules';

/** A correct input, and one change that a rule must find: text is replaced, or YAML is added where nothing is to be replaced. */
export type Case = [rule: string, fixture: string, from: string | RegExp, to: string];

const texts = new Map<string, string>();

export function fixture(name: string): string {
  if (!texts.has(name)) texts.set(name, readFileSync(join(__dirname, 'fixtures', name), 'utf8'));
  return texts.get(name)!;
}

export function check(file: string, text: string, rules: readonly Rule[] = RULES): Finding[] {
  const engine = new Engine();
  engine.add({ file, text });
  return engine.run(rules).findings;
}

/** Tests each rule of a family: nothing is found in the correct input, and the wrong one is found. */
export function describeRules(rules: readonly Rule[], cases: Case[]): void {
  test.each([...new Set(cases.map(([, name]) => name))])('%s is clean', name => {
    expect(check(name, fixture(name))).toEqual([]);
  });

  test.each(cases)('%s: %s, %s -> %s', (rule, name, from, to) => {
    const text = fixture(name);
    const wrong = from === '' ? `${text}---\n${to}\n` : typeof from === 'string' ? text.replace(from, () => to) : text.replace(from, to);
    expect(wrong).not.toBe(text);
    const findings = check(name, wrong, rules.filter(({ id }) => id === rule));
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      expect(finding.line).toBeGreaterThan(0);
      expect(finding.message).not.toMatch(/\.$|undefined|\[object/);
      expect(finding.fix).not.toBe('');
    }
  });

  test('every rule has a case', () => {
    const tested = new Set(cases.map(([rule]) => rule));
    expect(rules.map(rule => rule.id).filter(id => !tested.has(id))).toEqual([]);
  });
}
