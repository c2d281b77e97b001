import { readFileSync } from 'fs';
import { join } from 'path';
import { REWRITINGS } from './rewritings';
import { Engine, Outcome } from '../../src/checks/engine';
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

/** A text, or several by the names of their files. */
export type Input = string | Readonly<Record<string, string>>;

export function run(input: Input, rules: readonly Rule[] = RULES): Outcome {
  const engine = new Engine();
  for (const [file, text] of Object.entries(typeof input === 'string' ? { 'a.yaml': input } : input)) engine.add({ file, text });
  return engine.run(rules);
}

export function check(input: Input, rules: readonly Rule[] = RULES): Finding[] {
  const { findings } = run(input, rules);
  const isNew = rules !== RULES && findings.some(({ rule }) => !rewrittenRules.has(rule));
  if (isNew) expectTheSame(input, rules, findings);
  return findings;
}

/** What is found in which object, whatever its line and message. */
export function keysOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ rule, object: { kind, namespace, name } }) => `${rule} ${kind ?? ''} ${namespace ?? ''}/${name ?? ''}`))].sort();
}

const WAYS = Object.keys(REWRITINGS);
const rewrittenRules = new Set<string>();

/** What is wrong is found in another way of writing, too: in one way for the first input of each rule, as all would take long. */
function expectTheSame(input: Input, rules: readonly Rule[], findings: readonly Finding[]): void {
  const files = typeof input === 'string' ? { 'a.yaml': input } : input;
  const way = WAYS[Object.values(files).join('').length % WAYS.length];
  const rewritten = REWRITINGS[way](files);
  for (const { rule } of findings) rewrittenRules.add(rule);
  // how a text is written is what these rules are about
  if (!rewritten || rules.some(({ id }) => /^INPUT-/.test(id))) return;
  expect({ way, findings: keysOf(run(rewritten, rules).findings) }).toEqual({ way, findings: keysOf(findings) });
}

/** What the rule of an id finds, or those whose ids match. */
export function findingsOf(rule: string | RegExp, input: Input): Finding[] {
  const rules = RULES.filter(({ id }) => typeof rule === 'string' ? id === rule : rule.test(id));
  // neither could fail where nothing is expected to be found
  if (rules.length === 0) throw new Error(`there is no rule ${rule}`);
  if ([...texts.values()].some(text => text === input)) throw new Error('a change of the fixture changed nothing');
  return check(input, rules);
}

/** What the rule of an id says, or those whose ids match. */
export function found(rule: string | RegExp, input: Input): string[] {
  return findingsOf(rule, input).map(({ message }) => message);
}

/** The rules that find something, once for each finding. */
export function rulesIn(input: Input, rules: readonly Rule[] = RULES): string[] {
  return check(input, rules).map(({ rule }) => rule);
}

/** A text with several changes, all of which are made. */
export function changed(text: string, ...changes: readonly [from: string | RegExp, to: string][]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replace(from, () => to);
    expect(after).not.toBe(before);
    return after;
  }, text);
}

/** Tests each rule of a family: nothing is found in the correct input, and the wrong one is found. */
export function describeRules(rules: readonly Rule[], cases: Case[]): void {
  test.each([...new Set(cases.map(([, name]) => name))])('%s is clean', name => {
    expect(check({ [name]: fixture(name) })).toEqual([]);
  });

  test.each(cases)('%s: %s, %s -> %s', (rule, name, from, to) => {
    const text = fixture(name);
    const wrong = from === '' ? `${text}---\n${to}\n` : typeof from === 'string' ? text.replace(from, () => to) : text.replace(from, to);
    expect(wrong).not.toBe(text);
    const findings = check({ [name]: wrong }, rules.filter(({ id }) => id === rule));
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
