import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaIdentityHeader: Rule = {
  id: 'OPA-IDENTITY-HEADER',
  level: Level.ERROR,
  title: 'a policy believes a header that every client can write',
  why: 'the caller is who the header says: Envoy proves the certificate only',
  fix: 'use input.attributes.source.principal',
  source: 'envoy attribute_context.proto',
  check: (system, report) => {
    for (const rego of system.regos) {
      rego.text.split('\n').forEach((line, i) => {
        const header = HEADER.exec(line.replace(/#.*$/, ''))?.[1];
        if (header !== undefined) report.in(rego, i + 1, `the caller is read out of the header ${header}`);
      });
    }
  },
};

const HEADER = /headers(?:\[["'`]|\.)([\w-]*(?:spiffe|svid|(?:source|client|peer|caller)[-_](?:principal|identity))[\w-]*)/i;
