import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaInputField: Rule = {
  id: 'OPA-INPUT-FIELD',
  level: Level.ERROR,
  title: 'a policy looks at a field that Envoy does not send',
  why: 'what is not there is undefined: the rule never holds, so what it allows is refused, and what it denies is let in',
  fix: 'use a field of the request that Envoy sends, such as input.attributes.source.principal',
  source: 'envoy service/auth/v3/attribute_context.proto; opa-envoy-plugin envoyauth/request.go',
  check: (system, report) => {
    for (const rego of system.regos.filter(({ text }) => /^[ \t]*package\s+envoy\b/m.test(text))) {
      // in other packages input may be a request of the API server
      rego.text.split('\n').forEach((line, i) => {
        const [whole, name] = /\binput\.(source|destination|request)\.\w+/.exec(line.replace(/(^|\s)#.*$/, '')) ?? [];
        if (whole !== undefined) report.in(rego, i + 1, `${whole} is nothing that Envoy sends: ${name} is below input.attributes`);
      });
    }
    for (const rego of system.regos.filter(({ text }) => text.includes('input.attributes.'))) {
      rego.text.split('\n').forEach((line, i) => {
        for (const [whole, path] of line.replace(/(^|\s)#.*$/, '').matchAll(/\binput\.(attributes(?:\.[a-zA-Z_]\w*)+)/g)) {
          const unknown = unknownStep(path.split('.'));
          if (unknown) report.in(rego, i + 1, `${whole} is nothing that Envoy sends: ${unknown}`);
        }
      });
    }
  },
};

type Fields = { readonly [name: string]: Fields | true };

const ADDRESS: Fields = {
  socketAddress: {
    protocol: true, address: true, portValue: true, namedPort: true, resolverName: true, ipv4Compat: true, networkNamespaceFilepath: true,
  },
  pipe: true,
  envoyInternalAddress: true,
};
const PEER: Fields = { address: ADDRESS, service: true, labels: true, principal: true, certificate: true };
const HTTP: Fields = {
  id: true,
  method: true,
  headers: true,
  headerMap: true,
  path: true,
  host: true,
  scheme: true,
  query: true,
  fragment: true,
  size: true,
  protocol: true,
  body: true,
  rawBody: true,
};

/** What an attribute context holds; anything may be below what is just there. */
const ATTRIBUTES: Fields = {
  source: PEER,
  destination: PEER,
  request: { time: true, http: HTTP },
  contextExtensions: true,
  metadataContext: { filterMetadata: true, typedFilterMetadata: true },
  routeMetadataContext: { filterMetadata: true, typedFilterMetadata: true },
  tlsSession: { sni: true },
};

/** The first step of a path that does not exist, in words; old releases of OPA have names as protobuf and Go declare them. */
function unknownStep([, ...steps]: string[]): string | undefined {
  let fields: Fields | true = ATTRIBUTES;
  for (const step of steps) {
    if (fields === true || /^[A-Z]/.test(step)) return undefined;
    const next: Fields | true | undefined = fields[step.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())];
    if (next === undefined) return `there is ${Object.keys(fields).join(', ')}`;
    fields = next;
  }
  return undefined;
}
