import { namesOf } from '../../../model/rego';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaPrincipal: Rule = {
  id: 'OPA-PRINCIPAL',
  level: Level.ERROR,
  title: 'a policy compares the caller with something that is no SPIFFE ID',
  why: 'Envoy hands on the URI of the certificate, with spiffe:// in front: the two are never equal, and nobody is let in, or everybody',
  fix: 'write the whole ID, such as "spiffe://example.org/ns/shop/sa/web"',
  source: 'envoy attribute_context.proto Peer.principal; opa-envoy-plugin envoyauth/request.go',
  check: (system, report) => {
    for (const rego of system.regos) {
      if (!/principal/.test(rego.text)) continue;
      const names = ['input.attributes.source.principal', 'input.source_principal', 'input.attributes.destination.principal'].flatMap(value => namesOf(rego.text, value));
      const name = names.map(one => one.replace(/\./g, '\\.')).join('|');
      const compared = new RegExp(`(?:^|[^\\w.])(?:${name})\\s*[!=]=\\s*"([^"]+)"|"([^"]+)"\\s*[!=]=\\s*(?:${name})(?![\\w.[])|startswith\\((?:${name}),\\s*"([^"]+)"\\)`, 'g');
      // what is put together elsewhere may have its scheme from there
      const isPlain = !/\b(concat|sprintf|trim_prefix|trim_left|replace|split|regex\.\w+|substring)\(/.test(rego.text) && !/"spiffe:\/\/"/.test(rego.text);
      const isListed = new RegExp(`(?:${name})\\s+in\\s|\\[(?:${name})\\]`).test(rego.text);
      rego.text.split('\n').forEach((line, i) => {
        const bare = isPlain && isListed ? /"([a-z0-9._-]+\/ns\/[^/"]+\/sa\/[^/"]+)"/.exec(line.replace(/^\s*#.*$/, ''))?.[1] : undefined;
        if (bare !== undefined && !line.match(compared)) report.in(rego, i + 1, `"${bare}" has no spiffe:// in front, and the caller is looked for there`);
        for (const [, left, right, start] of line.replace(/^\s*#.*$/, '').matchAll(compared)) {
          const value = left ?? right ?? start;
          const isPart = start !== undefined && 'spiffe://'.startsWith(value);
          if (start === undefined && value.startsWith('spiffe://') && value.includes('*')) report.in(rego, i + 1, `the caller is compared with "${value}", in which the star is taken literally`, 'use startswith, or glob.match');
          if (!value.startsWith('spiffe://') && !isPart) report.in(rego, i + 1, `the caller is compared with "${value}", which has no spiffe:// in front`);
        }
      });
    }
  },
};
