import { withValue } from '../../../support/changed-object';
import { found } from '../../cases';

const RULE = 'MESH-VIRTUAL-SERVICE-SHAPE';
const SERVICE = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    hosts: ['web.example.org', '*.web.example.org'],
    gateways: ['mesh', 'edge/gateway'],
    exportTo: ['.'],
    http: [
      {
        match: [{
          uri: { regex: '/a(b|c)*' },
          headers: { 'x-a': { exact: '1' }, ':method': { prefix: 'G' } },
          withoutHeaders: { 'x-b': { regex: '*' } },
          queryParams: { q: { exact: '' } },
          method: { exact: 'GET' },
          port: 80,
          sourceLabels: { app: 'web' },
          sourceNamespace: 'shop',
          gateways: ['mesh'],
        }],
        route: [
          { destination: { host: 'web', subset: 'v1', port: { number: 80 } }, weight: 90, headers: { request: { set: { 'host': 'a.example.org', 'x-a': 'at %REQ(X-B)% for 100%%' } } } },
          { destination: { host: 'web', subset: 'v2' }, weight: 10 },
        ],
        headers: { response: { add: { a: 'b' }, remove: ['c'] } },
        timeout: '5s',
        retries: { attempts: 2, perTryTimeout: '1s', retryOn: '5xx,503' },
        fault: { delay: { fixedDelay: '1s', percentage: { value: 1 } }, abort: { httpStatus: 503 } },
        mirror: { host: 'shadow' },
        mirrorPercentage: { value: 5 },
        corsPolicy: { allowOrigins: [{ exact: 'https://a.example.org' }], allowMethods: ['GET'], allowHeaders: ['*'], exposeHeaders: ['x-a'], maxAge: '1h' },
        rewrite: { uriRegexRewrite: { match: '/a', rewrite: '/b' } },
      },
      { match: [{ uri: { prefix: '' } }], redirect: { prefixRewrite: '/b', scheme: 'https', port: 443, redirectCode: 308 } },
      { match: [{ uri: { exact: '/r' } }], directResponse: { status: 503, body: { string: 'no' } } },
      { delegate: { name: 'other' } },
    ],
    tls: [{ match: [{ sniHosts: ['web.example.org'], port: 443, destinationSubnets: ['192.0.2.0/24'] }], route: [{ destination: { host: 'web' } }] }],
    tcp: [{ match: [{ port: 5432, destinationSubnets: ['192.0.2.1'] }], route: [{ destination: { host: 'db' }, weight: 1 }, { destination: { host: 'db2' } }] }],
  },
};
const at = (path: string, value: unknown): string[] => found(RULE, withValue(SERVICE, `spec.${path}`, value));

test('what Istio takes is taken', () => expect(found(RULE, JSON.stringify(SERVICE))).toEqual([]));

test.each<[path: string, value: unknown, message: string]>([
  ['hosts.0', 'a b', '"a b" is no DNS name'],
  ['hosts.0', '*', 'host "*" is for gateways only'],
  ['hosts.0', 'a.web.example.org', 'host "a.web.example.org" is one of "*.web.example.org"'],
  ['hosts.0', '*.web.example.org', 'host "*.web.example.org" is there twice'],
  ['hosts', [], 'gateways without hosts: a VirtualService that is delegated to has http routes only'],
  ['gateways.0', 'Edge/gate.way', 'gateway "Edge/gate.way" is not of the form namespace/name'],
  ['gateways.0', '*', '"*" is no DNS name'],
  ['exportTo', ['.', '*'], 'exportTo "*" beside others'],
  ['exportTo', ['.', 'shop'], 'exportTo names the own namespace more than once'],
  ['exportTo', ['~'], 'exportTo "~" is neither'],
  ['http.0.match.0.uri.regex', '/a(?!b)', '"/a(?!b)" is no regular expression of RE2: there is no "(?!"'],
  ['http.0.match.0.uri.regex', '', 'the regular expression is empty'],
  ['http.0.match.0.uri.exact', '/a', 'exact and regex exclude each other'],
  ['http.0.match.0.method', { prefix: '' }, 'the prefix is empty'],
  ['http.0.match.0.headers', { 'a b': {} }, '"a b" is no name of a header'],
  ['http.0.match.0.headers', { 'x-a': null }, 'header x-a is compared with nothing'],
  ['http.0.match.0.headers', { '@request.auth.claims.sub': { exact: 'a' } }, 'routes by claims of a token are for gateways only, and gateways has mesh'],
  ['http.0.match.0.withoutHeaders', { '': {} }, 'a header has no name'],
  ['http.0.match.0.port', 70000, 'port 70000 is not from 1 to 65535'],
  ['http.0.match.0.sourceLabels', { app: 'a b' }, '"a b" is no value of a label'],
  ['http.0.match.0.sourceNamespace', 'a.b', '"a.b" is no name of a namespace'],
  ['http.0.match.0.gateways', ['a//b'], 'gateway "a//b" is not of the form'],
  ['http.0.route', [], 'the route leads nowhere: route, redirect or directResponse is wanted'],
  ['http.0.route.0.weight', -1, 'weight -1 is below 0'],
  ['http.0.route', [{ destination: { host: 'a' } }, { destination: { host: 'b' } }], 'no destination has a weight'],
  ['http.0.route.0.destination.host', '*', 'host "*" is no destination'],
  ['http.0.route.0.destination.host', 'http://web', '"http://web" is no DNS name'],
  ['http.0.route.0.destination.subset', 'v 1', '"v 1" is no name of a subset'],
  ['http.0.route.0.destination.port', {}, 'port has no number'],
  ['http.0.route.0.destination.port.number', 0, 'port 0 is not from 1 to 65535'],
  ['http.0.route.0.headers.request.set', { ':path': '/' }, 'header ":path" cannot be changed'],
  ['http.0.headers.response.add', { host: 'a' }, 'header host may be set in requests only'],
  ['http.0.headers.response.remove', [''], 'a header has no name'],
  ['http.0.headers.response.add', { a: '100%' }, '"100%" has a percent sign that begins no variable'],
  ['http.0.headers.response.add', { a: '%REQ(A):10%' }, 'has a percent sign that begins no variable'],
  ['http.0.headers.response.add', { a: 'a\u0007' }, 'has a control character'],
  ['http.0.headers', { request: { set: { 'host': 'a', ':authority': 'b' } } }, 'the authority is changed more than once'],
  ['http.0.timeout', '0s', '"0s" is less than 1ms'],
  ['http.0.timeout', '1.0005s', '"1.0005s" is not in whole milliseconds'],
  ['http.0.retries', { retryOn: '5xx' }, 'attempts is 0, which is the default'],
  ['http.0.retries.attempts', -1, '-1 is below 0'],
  ['http.0.retries.retryOn', '5xx, reset', 'retryOn " reset" is unknown: write commas without spaces'],
  ['http.0.retries.retryOn', 'never', 'retryOn "never" is unknown: 5xx, gateway-error'],
  ['http.0.fault', {}, 'fault has neither abort nor delay'],
  ['http.0.fault.abort.httpStatus', 100, 'httpStatus 100 is none of 200 to 599'],
  ['http.0.fault.abort', { grpcStatus: 'NOTFOUND' }, 'grpcStatus "NOTFOUND" is not one of OK'],
  ['http.0.fault.abort', { grpcStatus: '' }, 'grpcStatus is empty'],
  ['http.0.fault.abort', { http2Error: 'a' }, 'http2Error is not taken'],
  ['http.0.fault.abort.grpcStatus', 'OK', 'httpStatus and grpcStatus exclude each other'],
  ['http.0.fault.delay', { exponentialDelay: '1s' }, 'exponentialDelay is not taken'],
  ['http.0.fault.delay.percentage.value', 0.00001, '0.00001 is no percentage'],
  ['http.0.mirrorPercentage.value', 101, '101 is no percentage: 0 to 100 is wanted'],
  ['http.0.mirrors', [{ destination: { host: 'a' } }], 'mirror and mirrors exclude each other'],
  ['http.0.corsPolicy.allowOrigins', [{}], 'an origin is empty'],
  ['http.0.corsPolicy.allowMethods', ['get'], '"get" is no method: GET, HEAD'],
  ['http.0.corsPolicy.allowHeaders', ['a b'], '"a b" is no name of a header'],
  ['http.0.corsPolicy.maxAge', '1.5s', 'maxAge 1.5s has parts of a second'],
  ['http.0.rewrite', {}, 'rewrite changes nothing'],
  ['http.0.rewrite.uri', '/', 'uri and uriRegexRewrite exclude each other'],
  ['http.0.rewrite.uriRegexRewrite', { match: '/a' }, 'uriRegexRewrite wants match and rewrite'],
  ['http.0.rewrite.uriRegexRewrite.match', '(', 'a ( is not closed'],
  ['http.0.redirect', { uri: '/' }, 'route beside redirect: there is nothing to send on'],
  ['http.0.delegate', { name: 'a' }, 'route beside delegate'],
  ['http.1.redirect', {}, 'redirect leads nowhere'],
  ['http.1.redirect.uri', '/a', 'uri and prefixRewrite exclude each other'],
  ['http.1.redirect.derivePort', 'FROM_REQUEST_PORT', 'port and derivePort exclude each other'],
  ['http.1.redirect.redirectCode', 200, 'redirectCode 200 is none of 300 to 399'],
  ['http.1.redirect.scheme', 'ftp', 'scheme "ftp" is not one of http, https'],
  ['http.1.match.0.uri', { exact: '/a' }, 'redirect.prefixRewrite wants uri.prefix'],
  ['http.2.directResponse.status', 100, 'status 100 is none of 200 to 599'],
  ['http.2.directResponse.body.bytes', 'YQ==', 'string and bytes exclude each other'],
  ['http.2.directResponse.body.string', 'a'.repeat(1024 * 1024 + 1), 'the body of a response may have 1 MiB'],
  ['http.2.fault', { abort: { httpStatus: 500 } }, 'fault beside directResponse'],
  ['tls.0.match', [], 'a tls route has no match'],
  ['tls.0.match.0.sniHosts', [], 'a match of a tls route has no sniHosts'],
  ['tls.0.match.0.sniHosts.0', 'a_b', '"a_b" is no DNS name'],
  ['tls.0.match.0.destinationSubnets.0', '192.0.2.0/33', '"192.0.2.0/33" is no address or range'],
  ['tls.0.route', [], 'the route leads nowhere: route is wanted'],
  ['tcp.0.route', undefined, 'the route leads nowhere: route is wanted'],
  ['tcp.0.route.0.weight', 0, 'no destination has a weight'],
  ['tcp.0.match.0.port', -1, 'port -1 is not from 1 to 65535'],
])('fails %s = %j', (path, value, message) => {
  expect(at(path, value)).toContainEqual(expect.stringContaining(message));
});

test.each<[path: string, value: unknown]>([
  ['hosts.0', '${HOST}'],
  ['hosts', ['192.0.2.1', 'a.example.org.']],
  ['gateways', ['{{ .Values.gateway }}']],
  ['http.0.route', '{{ .Values.route }}'],
  ['http.0.match.0.uri.regex', '{{ .Values.path }}('],
  ['http.0.match.0.headers', { 'x-a': {} }],
  ['http.0.timeout', '${TIMEOUT}'],
  ['http.0.retries.retryOn', '{{ .Values.retryOn }}'],
  ['http.0.retries', { attempts: 0 }],
  ['http.0.fault.abort', { httpStatus: 600 }],
  ['http.3', { delegate: { name: 'a' }, rewrite: { uri: '/' } }],
  ['tls.0.match.0.sniHosts', ['192.0.2.1']],
])('takes %s = %j', (path, value) => expect(at(path, value)).toEqual([]));

test('fails a VirtualService without routes, without a spec, or for a dry run', () => {
  const text = (spec: unknown): string => JSON.stringify({ ...SERVICE, metadata: { name: 'web', annotations: { 'istio.io/dry-run': 'true', 'internal.istio.io/parents': 'a' } }, spec });
  const annotations = ['internal.istio.io/parents is for istiod itself', 'a VirtualService has no dry-run: only an AuthorizationPolicy has'];
  expect(found(RULE, text({ hosts: ['a.b'] }))).toEqual([...annotations, 'there is no route: http, tls or tcp is wanted']);
  expect(found(RULE, text(undefined))).toEqual([...annotations, 'the VirtualService has no spec']);
});

test('at gateways a star, a claim and a name of a cluster are taken', () => {
  const gateway = withValue(SERVICE, 'spec', {
    hosts: ['*'],
    gateways: ['edge/gateway'],
    http: [{ match: [{ headers: { '@request.auth.claims[groups]': { exact: 'a' } } }], route: [{ destination: { host: 'a' } }] }],
    tls: [{ match: [{ sniHosts: ['outbound_.80_._.a.shop.svc.cluster.local'] }], route: [{ destination: { host: 'a' } }] }],
  });
  expect(found(RULE, gateway)).toEqual([]);
  expect(found(RULE, gateway.replace('outbound_.80_', 'outbound_.x_'))).toEqual(['"outbound_.x_._.a.shop.svc.cluster.local" is not of the form outbound_.PORT_.SUBSET_.HOST']);
});

test('a VirtualService without hosts is delegated to', () => {
  expect(found(RULE, withValue(SERVICE, 'spec', { http: [{ route: [{ destination: { host: 'a' } }] }] }))).toEqual([]);
  expect(found(RULE, withValue(SERVICE, 'spec', { http: [{ delegate: { name: 'a' }, route: [{ destination: { host: 'a' } }] }] })))
    .toEqual(['a VirtualService without hosts is delegated to, and cannot delegate itself']);
});

test('a patch is no whole object', () => {
  const patch = withValue(SERVICE, 'spec', { http: [{ timeout: '0s' }] });
  const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches: [{path: patch.yaml}]\n';
  expect(found(RULE, { 'a/patch.yaml': patch }).length).toBeGreaterThan(0);
  expect(found(RULE, { 'a/patch.yaml': patch, 'a/kustomization.yaml': kustomization })).toEqual([]);
});
