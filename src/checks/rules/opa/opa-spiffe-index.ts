import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaSpiffeIndex: Rule = {
  id: 'OPA-SPIFFE-INDEX',
  level: Level.ERROR,
  title: 'a policy takes the wrong part of a SPIFFE ID',
  why: 'split at "/", spiffe://td/ns/x/sa/y has the trust domain at 2, the namespace at 4 and the service account at 6',
  fix: 'use index 6 for the service account',
  source: 'SPIFFE ID, observed: OPA 1.22',
  check: (system, report) => {
    for (const rego of system.regos) {
      const names = [...rego.text.matchAll(new RegExp(`\\b(\\w+)\\s*:?=\\s*${SPLIT}`, 'g'))].map(match => match[1]);
      const part = new RegExp(`(?:${[SPLIT, ...names.map(name => `\\b${name}`)].join('|')})\\s*\\[(\\d)\\]`, 'g');
      rego.text.split('\n').forEach((line, i) => {
        const code = line.replace(/(^|\s)#.*$/, '');
        for (const [, index] of code.matchAll(part)) {
          const problem = problemOf(Number(index), code) ?? swapped(system, rego.text, Number(index), code);
          if (problem) report.in(rego, i + 1, problem);
        }
      });
    }
  },
};

const SPLIT = 'split\\([^,()]*(?:spiffe|principal|svid|caller|\\bid\\b|_id)[^,()]*,\\s*"/"\\)';

function problemOf(index: number, code: string): string | undefined {
  if ((index === 3 || index === 5) && !/"(ns|sa)"/.test(code)) return `index ${index} is the word "${index === 3 ? 'ns' : 'sa'}"`;
  const name = /^\s*(\w+)(\([^)]*\))?\s*:?=/.exec(code)?.[1] ?? '';
  if (index === 4 && name !== '' && /service|account|workload|app|^sa$|_sa$/.test(name) && !/namespace|^ns/.test(name)) return 'index 4 is the namespace';
  return undefined;
}

/** The namespace is held against a name that the policy knows as a service account, and nothing as a namespace. */
function swapped(system: System, text: string, index: number, code: string): string | undefined {
  const name = index === 4 ? /\[4\]\s*==\s*"([\w.-]+)"/.exec(code)?.[1] : undefined;
  const known = [...text.matchAll(/spiffe:\/\/[\w.-]+\/ns\/([\w.-]+)\/sa\/([\w.-]+)/g)];
  const isAccount = known.some(([, , account]) => account === name) || system.all('ServiceAccount').some(account => account.name === name);
  if (name === undefined || !isAccount) return undefined;
  const isNamespace = known.some(([, namespace]) => namespace === name) || system.labelsOf(name) !== undefined || system.workloadsIn(name).length > 0;
  return isNamespace ? undefined : `index 4 is the namespace, and "${name}" is a service account`;
}
