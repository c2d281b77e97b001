import { isFilledIn } from '../../../model/filled-in';
import { asObject, asText } from '../../../model/manifest';
import { withoutStrings } from '../../../model/rego';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaUnreadable: Rule = {
  id: 'OPA-UNREADABLE',
  level: Level.ERROR,
  title: 'a policy of OPA has no package, two defaults of one name, or a bracket too many or too few',
  why: 'the API server takes any text, and OPA loads no policy of the folder and does not start',
  fix: 'begin the policy with package, write one default for a name, and close what is opened',
  source: 'openpolicyagent.org: the grammar of Rego',
  check: (system, report) => {
    for (const rego of system.regos.filter(({ text, fileName }) => /\.rego$/.test(fileName) && !isFilledIn(text))) {
      const wrong = unbalanced(withoutStrings(rego.text));
      if (wrong) report.in(rego, wrong.line, wrong.message);
      const defaults = new Set<string>();
      withoutStrings(rego.text).split('\n').forEach((line, i) => {
        const [, name] = /^\s*default\s+(\w+)\s*:?=/.exec(line) ?? [];
        if (name !== undefined && defaults.has(name)) report.in(rego, i + 1, `there is another default ${name}`);
        if (name !== undefined) defaults.add(name);
      });
    }
    for (const map of system.all('ConfigMap')) {
      for (const [key, text] of Object.entries(asObject(map.value.data)).filter(([name]) => /\.rego$/.test(name))) {
        if (/^[^#\n]*\S/m.test(asText(text)) && !/^[ \t]*package\s/m.test(asText(text)) && !isFilledIn(asText(text))) report.at(map, ['data', key], `${key} has no package`);
      }
    }
  },
};

const PAIRS: Record<string, string> = { '}': '{', ')': '(', ']': '[' };

/** The first bracket that closes nothing, or the last that is never closed. */
function unbalanced(code: string): { line: number; message: string } | undefined {
  const open: { bracket: string; line: number }[] = [];
  let line = 1;
  for (const char of code) {
    if (char === '\n') line++;
    if ('{(['.includes(char)) open.push({ bracket: char, line });
    else if (PAIRS[char] !== undefined && open.pop()?.bracket !== PAIRS[char]) return { line, message: `"${char}" closes nothing` };
  }
  const last = open.pop();
  return last && { line: last.line, message: `"${last.bracket}" is never closed` };
}
