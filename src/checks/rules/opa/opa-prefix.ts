import { namesOf } from '../../../model/rego';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaPrefix: Rule = {
  id: 'OPA-PREFIX',
  level: Level.WARNING,
  title: 'a policy takes more callers than it says',
  why: 'what begins with the name of a trust domain or a namespace may go on: spiffe://example.org is the beginning of spiffe://example.org.evil.net/…',
  fix: 'end the text with a slash',
  source: 'OPA policy language, startswith',
  check: (system, report) => {
    for (const rego of system.regos.filter(({ text }) => text.includes('startswith('))) {
      const names = ['input.attributes.source.principal', 'input.source_principal'].flatMap(value => namesOf(rego.text, value)).map(one => one.replace(/\./g, '\\.'));
      const call = new RegExp(`startswith\\((?:${names.join('|')}),\\s*"(spiffe://[^"]*[A-Za-z0-9])"\\)`);
      rego.text.split('\n').forEach((line, i) => {
        const start = call.exec(line.replace(/^\s*#.*$/, ''))?.[1];
        if (start !== undefined) report.in(rego, i + 1, `"${start}" does not end with a slash`);
      });
    }
  },
};
