import { namesOf } from '../../../model/rego';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaPath: Rule = {
  id: 'OPA-PATH',
  level: Level.WARNING,
  title: 'a policy compares a path that has the query in it',
  why: '/api/users?x=1 is another text than /api/users',
  fix: 'use input.parsed_path',
  source: 'observed: OPA 1.22 with Envoy 1.40',
  check: (system, report) => {
    for (const rego of system.regos) {
      const names = ['request\\.http', ...namesOf(rego.text, 'input.attributes.request.http').slice(1), ...namesOf(rego.text, 'input.attributes.request').slice(1).map(name => `${name}\\.http`)];
      const path = `\\b(${names.join('|')})\\.path`;
      const compared = new RegExp(`${path}\\s*(==|in\\b)|==\\s*${path}\\s*($|;|})|\\bendswith\\((?:input\\.attributes\\.)?${path}\\s*,`);
      rego.text.split('\n').forEach((line, i) => {
        const code = line.replace(/(^|\s)#.*$/, '');
        if (compared.test(code) && !/"\/health"/.test(code)) report.in(rego, i + 1, 'the path is compared with its query');
      });
    }
  },
};
