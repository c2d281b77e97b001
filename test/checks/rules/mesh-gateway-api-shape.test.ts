import { found } from '../cases';

const gateway = (spec: string): string => `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a, namespace: shop}\nspec: {gatewayClassName: istio, ${spec}}\n`;
const route = (rule: string, others = ''): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: a, namespace: shop}
spec: {parentRefs: [{name: a}], ${others} rules: [${rule}]}
`;
const backend = 'backendRefs: [{name: b, port: 80}]';

describe('listeners of the Gateway API', () => {
  test.each([
    ['of HTTP, HTTPS and TLS', 'listeners: [{name: http, protocol: HTTP, port: 80, hostname: "*.example.org"}, {name: https, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: c}]}}, '
      + '{name: tls, protocol: TLS, port: 443, tls: {mode: Passthrough}}]'],
    ['of waypoints', 'listeners: [{name: mesh, protocol: HBONE, port: 15008}]'],
    ['with options of the implementation', 'listeners: [{name: tls, protocol: HTTPS, port: 443, tls: {options: {gateway.istio.io/tls-terminate-mode: ISTIO_MUTUAL}}}]'],
    ['of one port, with names', 'listeners: [{name: a, protocol: HTTP, port: 80, hostname: a.example.org}, {name: b, protocol: HTTP, port: 80, hostname: "${HOST}"}]'],
  ])('are right %s', (_, spec) => expect(found('MESH-LISTENER-SHAPE', gateway(spec))).toEqual([]));

  test.each([
    ['listeners: []', 'there is no listener'],
    ['listeners: [{name: a, protocol: HTTP, port: 80}, {name: a, protocol: HTTP, port: 81}]', 'there is a listener a already'],
    ['listeners: [{name: a, protocol: HTTP, port: 80}, {name: b, protocol: HTTP, port: 80}]', 'listener b has the port, protocol and hostname of another one'],
    ['listeners: [{name: A, protocol: HTTP, port: 80}]', '"A" is no name: small letters, digits, - and . are taken'],
    ['listeners: [{name: a, protocol: HTTP, port: 80, hostname: a.*.org}]', '"a.*.org" is no hostname: * may be its first label only'],
    ['listeners: [{name: a, protocol: TCP, port: 80, hostname: a.example.org}]', 'a listener of protocol TCP has a hostname'],
    ['listeners: [{name: a, protocol: HTTP, port: 80, tls: {certificateRefs: [{name: c}]}}]', 'a listener of protocol HTTP has tls'],
    ['listeners: [{name: a, protocol: HTTP, port: 80}], addresses: [{type: Hostname, value: a_b}]', '"a_b" is no hostname: * may be its first label only'],
  ])('fails %s', (spec, message) => expect(found('MESH-LISTENER-SHAPE', gateway(spec))).toEqual([message]));
});

describe('routes of the Gateway API', () => {
  test.each([
    ['with paths and headers', route(`{matches: [{path: {type: PathPrefix, value: /a/b}, headers: [{name: x-a, value: "1"}]}, {path: {type: RegularExpression, value: "a//.*"}}], ${backend}}`)],
    ['with a redirect', route('{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, hostname: a.example.org}}]}')],
    ['with a rewrite', route(`{matches: [{path: {value: /a}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}], ${backend}}`)],
    ['to what is no Service', route('{backendRefs: [{group: networking.istio.io, kind: Hostname, name: a.example.org}]}')],
    ['with two mirrors', route(`{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: m, port: 80}}}, {type: RequestMirror, requestMirror: {backendRef: {name: n, port: 80}}}], ${backend}}`)],
  ])('are right %s', (_, text) => expect(found('MESH-HTTP-ROUTE-SHAPE', text)).toEqual([]));

  test.each([
    ['{backendRefs: [{name: b}]}', 'the Service b is named without a port'],
    [`{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: m}}}], ${backend}}`, 'the Service m is named without a port'],
    [`{matches: [{path: {type: PathPrefix, value: a}}], ${backend}}`, 'path "a" does not start with /'],
    [`{matches: [{path: {value: /a//b}}], ${backend}}`, 'path "/a//b" has //'],
    [`{matches: [{path: {value: /a/..}}], ${backend}}`, 'path "/a/.." has /..'],
    [`{matches: [{path: {value: "/a b"}}], ${backend}}`, 'path "/a b" has characters that no path has'],
    [`{matches: [{headers: [{name: a, value: b}, {name: a, value: c}]}], ${backend}}`, 'a is there twice: the second is not looked at'],
    [`{matches: [{queryParams: [{name: "a b", value: b}]}], ${backend}}`, '"a b" is no name of a header or parameter'],
    [`{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}], ${backend}}`, 'a rule with RequestRedirect has backendRefs'],
    ['{filters: [{type: RequestRedirect}]}', 'a filter of type RequestRedirect has no requestRedirect'],
    [`{filters: [{type: URLRewrite, urlRewrite: {hostname: "*.a.org"}}], ${backend}}`, '"*.a.org" is no hostname without wildcards'],
    [`{filters: [{type: URLRewrite, urlRewrite: {hostname: a.org}}, {type: URLRewrite, urlRewrite: {hostname: b.org}}], ${backend}}`, 'there is a filter URLRewrite already'],
    [`{filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath}}}], ${backend}}`, 'a path of type ReplaceFullPath has no replaceFullPath'],
    [`{filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /, replacePrefixMatch: /}}}], ${backend}}`,
      'replaceFullPath and replacePrefixMatch exclude each other'],
    [`{matches: [{path: {type: Exact, value: /a}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}], ${backend}}`,
      'replacePrefixMatch wants a rule with exactly one match, of type PathPrefix'],
    ['{filters: [{type: RequestRedirect, requestRedirect: {}}, {type: URLRewrite, urlRewrite: {}}]}', 'RequestRedirect and URLRewrite exclude each other'],
    [`{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {}, urlRewrite: {}}], ${backend}}`, 'a filter of type RequestHeaderModifier has urlRewrite'],
    [`{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: b}, {name: a, value: c}]}}], ${backend}}`, 'the header a is there twice'],
    [`{filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {add: [{name: "a:", value: b}]}}], ${backend}}`, '"a:" is no name of a header'],
    [`{filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [a, a]}}], ${backend}}`, 'a header is there twice'],
  ])('fails %s', (rule, message) => expect(found('MESH-HTTP-ROUTE-SHAPE', route(rule))).toEqual([message]));

  test('fails with a hostname and a section that are no names', () => {
    const text = route(`{${backend}}`, 'hostnames: [a_b.org],').replace('{name: a}],', '{name: a, sectionName: HTTP}],');
    expect(found('MESH-HTTP-ROUTE-SHAPE', text)).toEqual(['"a_b.org" is no hostname: * may be its first label only', '"HTTP" is no name: small letters, digits, - and . are taken']);
  });
});
