import * as fc from 'fast-check';
import { AuthorizationRule } from '../../../src';
import { authorizationRuleJson, requirePath } from '../../../src/constructs/istio/authorization-rule-json';

const json = (rule: AuthorizationRule) => authorizationRuleJson('policy', rule);
const source = (fields: any) => json({ sources: [fields] }).from[0].source;
const operation = (fields: any) => json({ operations: [fields] }).to[0].operation;

test.each(['*', 'example.org/ns/shop/sa/web', 'example.org/ns/shop/*', '*/sa/web'])('takes principal %s', (principal) => {
  expect(source({ principals: [principal] })).toEqual({ principals: [principal] });
});

test.each([
  ['spiffe://example.org/ns/shop/sa/web', "with a scheme: Istio accepts it and it matches nobody, use 'example.org/ns/shop/sa/web'"],
  ['example.org/ns/*/sa/web', "with '*' inside"],
  ['*/ns/shop/*', "with '*' inside"],
  ['', "principal ''"],
])('fails for principal %s', (principal, message) => {
  expect(() => source({ principals: [principal] })).toThrow(message);
  expect(() => source({ notPrincipals: [principal] })).toThrow(message);
  expect(() => json({ conditions: [{ key: 'source.principal', values: [principal] }] })).toThrow(message);
});

test('fails for a request principal whose subject is a SPIFFE ID', () => {
  expect(() => source({ requestPrincipals: ['https://oidc.example.org/spiffe://example.org/ns/shop/sa/web'] }))
    .toThrow("use the condition request.auth.claims[sub] with value 'spiffe://example.org/ns/shop/sa/web'");
  expect(source({ requestPrincipals: ['https://oidc.example.org/*'] })).toEqual({ requestPrincipals: ['https://oidc.example.org/*'] });
});

test.each(['GET', 'P*', '*'])('takes method %s', (method) => {
  expect(operation({ methods: [method] })).toEqual({ methods: [method] });
});

test.each(['get', 'Get', 'GET,PUT', ''])("fails for method '%s'", (method) => {
  expect(() => operation({ methods: [method] })).toThrow(`policy has method '${method}', which matches no request`);
  expect(() => operation({ notMethods: [method] })).toThrow('methods are upper case');
});

test.each(['/', '/a', '/a/*', '*/a', '*.png', '*', '/users/{*}/orders', '/files/{**}', '/a-b_c~d/%2F'])('takes path %s', (path) => {
  expect(operation({ paths: [path] })).toEqual({ paths: [path] });
});

test.each([
  ['reviews', "paths begin with '/', use '/reviews'"],
  ['', "paths begin with '/'"],
  ['/report?format=csv', "paths are compared without query, use '/report'"],
  ['/a#b', "use '/a'"],
  ['/users/*/orders', "with '*' inside: it is a plain character there, use '{*}' for one segment or '{**}' for the rest"],
  ['*items*', "with '*' inside"],
  ['//admin', "slashes are merged before paths are compared, use '/admin'"],
])("fails for path '%s'", (path, message) => {
  expect(() => operation({ paths: [path] })).toThrow(message);
  expect(() => operation({ notPaths: [path] })).toThrow(message);
});

test('any path of plain segments passes, and none of them with a query', () => {
  const path = fc.array(fc.stringMatching(/^[A-Za-z0-9._~-]+$/), { minLength: 1 }).map((segments) => `/${segments.join('/')}`);
  fc.assert(fc.property(path, (plain) => {
    requirePath('policy', plain);
    requirePath('policy', `${plain}/*`);
    expect(() => requirePath('policy', `${plain}?x=1`)).toThrow('compared without query');
    expect(() => requirePath('policy', `${plain}//x`)).toThrow('slashes are merged');
    expect(() => requirePath('policy', plain.slice(1))).toThrow("begin with '/'");
  }));
});

test.each([0, 65536, 80.5, NaN])('fails for port %s', (port) => {
  expect(() => operation({ ports: [port] })).toThrow(`port ${port} is no port`);
});

test.each([
  'request.headers[x-version]', 'request.auth.claims[groups]', 'request.auth.claims[realm][roles]', 'request.auth.audiences', 'source.ip',
  'source.namespace', 'source.principal', 'remote.ip', 'destination.port', 'connection.sni',
])('takes condition %s', (key) => {
  expect(json({ conditions: [{ key, values: ['x'] }] })).toEqual({ when: [{ key, values: ['x'] }] });
});

test.each(['source.labels[version]', 'destination.labels[app]', "request.time | date('%H')", 'request.headers', 'request.method'])(
  'fails for condition %s', (key) => {
    expect(() => json({ conditions: [{ key, values: ['x'] }] })).toThrow(`policy has condition '${key}', which Istio does not know`);
  });

test.each<[string, AuthorizationRule, string]>([
  ['sources', { sources: [] }, "policy: 'sources' is an empty list"],
  ['operations', { operations: [] }, "policy: 'operations' is an empty list"],
  ['conditions', { conditions: [] }, "policy: 'conditions' is an empty list"],
  ['principals', { sources: [{ principals: [] }] }, "policy, source: 'principals' is an empty list"],
  ['identities', { sources: [{ identities: [] }] }, "policy, source: 'identities' is an empty list"],
  ['methods', { operations: [{ methods: [] }] }, "policy, operation: 'methods' is an empty list"],
  ['ports', { operations: [{ ports: [] }] }, "policy, operation: 'ports' is an empty list"],
  ['values', { conditions: [{ key: 'source.ip', values: [] }] }, "policy, condition 'source.ip': 'values' is an empty list"],
  ['a source without limit', { sources: [{}] }, 'policy has a source without any limit'],
  ['an operation without limit', { operations: [{}] }, 'policy has a operation without any limit'],
  ['a condition without values', { conditions: [{ key: 'source.ip' }] }, "policy has a condition 'source.ip' without any limit"],
])('fails for no %s', (_, rule, message) => {
  expect(() => json(rule)).toThrow(message);
});
