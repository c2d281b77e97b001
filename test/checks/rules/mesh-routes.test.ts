import { fixture, found } from '../cases';

const E = fixture('egress.yaml');
const ISTIO = (kind: string, spec: string, name = 'a', namespace = 'shop'): string =>
  `---\napiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}\n`;
const CORE = (kind: string, spec: string, name = 'web', namespace = 'shop'): string =>
  `---\napiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {app: web}}\nspec: ${spec}\n`;
const WEB = CORE('Service', '{selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: admin, port: 81}]}');
const ROUTE = (spec: string, hosts = 'web'): string => ISTIO('VirtualService', `{hosts: [${hosts}], ${spec}}`);
const TO = (destination: string, more = ''): string => ROUTE(`${more}http: [{route: [{destination: {${destination}}}]}]`);
const RULE = (spec: string): string => ISTIO('DestinationRule', `{${spec}}`);
const PROXY = CORE('Pod', '{containers: [{name: istio-proxy, image: "proxyv2:1"}]}', 'edge') + CORE('Service', '{selector: {app: web}, ports: [{port: 443, targetPort: 8443}]}', 'edge');
const GATEWAY = (server: string): string => ISTIO('Gateway', `{selector: {app: web}, servers: [${server}]}`, 'edge');
const HTTPS = '{hosts: [web.example.org], port: {number: 443, protocol: HTTPS, name: https}, tls: {mode: SIMPLE, credentialName: edge}}';
const BOUND = (routes: string): string => ISTIO('VirtualService', `{hosts: [web.example.org], gateways: [edge], ${routes}}`);
const ROLE = (verbs: string): string => `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: edge, namespace: shop}\nrules: [{apiGroups: [""], resources: [secrets], verbs: [${verbs}]}]\n`
  + '---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: edge, namespace: shop}\n'
  + 'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: edge}\nsubjects: [{kind: ServiceAccount, name: default, namespace: shop}]\n';

const ENTRY = (spec: string): string => ISTIO('ServiceEntry', `{hosts: [a.example.org], ${spec}}`);
const SECURE = (spec: string): string => ISTIO('DestinationRule', `{host: a.example.org, trafficPolicy: {${spec}}}`);
const MUTUAL = GATEWAY(HTTPS.replace(/mode.*\}\}/, 'mode: ISTIO_MUTUAL}}'));
const TO_EDGE = (more = '', gateways = 'mesh, edge'): string => TO(`host: edge, port: {number: 443}${more}`, `gateways: [${gateways}], `);

test.each([
  ['MESH-GATEWAY-NO-SNI', PROXY + MUTUAL + TO_EDGE(), 'edge serves web.example.org there, and no DestinationRule says the server name of this route'],
  ['MESH-GATEWAY-NO-SNI', PROXY + MUTUAL + RULE('host: edge, subsets: [{name: a, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: web.example.org}}}]') + TO_EDGE(', subset: b'), 'no DestinationRule says'],
  ['MESH-TLS-ORIGINATION', ENTRY('ports: [{number: 80, protocol: HTTP, targetPort: 443}]') + SECURE('loadBalancer: {}'), 'port 80 is plain HTTP to port 443'],
  ['MESH-TLS-ORIGINATION', ENTRY('ports: [{number: 80, protocol: HTTP}]') + SECURE('tls: {mode: SIMPLE}'), 'port 80 leads to port 80, and a DestinationRule makes TLS of it'],
  ['MESH-ROUTE-PROTOCOL', ENTRY('ports: [{number: 443, protocol: HTTPS}]') + ROUTE('http: [{match: [{port: 443}]}]', 'a.example.org'), 'http routes are not for the protocol HTTPS of a.example.org'],
  ['MESH-ROUTE-PROTOCOL', ENTRY('ports: [{number: 443, protocol: TCP}]') + ROUTE('tls: [{match: [{sniHosts: [a.example.org]}]}]', 'a.example.org'), 'tls routes are not for the protocol TCP'],
  ['MESH-SERVICE-ENTRY-EMPTY', ENTRY('resolution: STATIC'), 'resolution STATIC without endpoints'],
  ['MESH-RULE-CA', SECURE('tls: {mode: SIMPLE, caCertificates: sytem}'), 'caCertificates is "sytem"'],
  ['MESH-AUTO-IMAGE', E.replace('templates: gateway,spire', 'templates: sidecar,spire'), 'istio-proxy has the image auto, as gateways do, and the template is sidecar'],
  ['MESH-GATEWAY-CONFLICT', PROXY + GATEWAY(HTTPS) + GATEWAY(HTTPS).replace('name: edge', 'name: other'), 'port 443 has the host web.example.org in Gateway shop/edge already'],
  ['MESH-GATEWAY-CONFLICT', PROXY + GATEWAY(`${HTTPS}, {hosts: ["*"], port: {number: 443, protocol: HTTP, name: http}}`), 'port 443 is that of TLS in Gateway shop/edge already'],
  ['MESH-GATEWAY-CONFLICT', PROXY + GATEWAY(`{hosts: ["*"], port: {number: 443, protocol: HTTP, name: http}}, ${HTTPS}`), 'port 443 is that of plain HTTP'],
  ['MESH-GATEWAY-CONFLICT', PROXY + GATEWAY('{hosts: ["*"], port: {number: 1, protocol: TCP, name: a}}, {hosts: ["*"], port: {number: 1, protocol: TCP, name: b}}'), 'port 1 is that of plain TCP'],
  ['MESH-ROUTE-PORT', WEB + TO('host: web, port: {number: 8080}'), 'web has no port 8080; it has 80, 81'],
  ['MESH-ROUTE-PORT', WEB + ROUTE('http: [{mirror: {host: web.shop.svc.cluster.local, port: {number: 82}}}]'), 'has no port 82'],
  ['MESH-ROUTE-PORT', WEB + ROUTE('http: [{mirrors: [{destination: {host: web, port: {number: 82}}}]}]'), 'has no port 82'],
  ['MESH-ROUTE-PORT', WEB + RULE('host: web, trafficPolicy: {portLevelSettings: [{port: {number: 8080}, tls: {mode: DISABLE}}]}'), 'has no port 8080'],
  ['MESH-ROUTE-PORT', ISTIO('ServiceEntry', '{hosts: ["*.example.org"], ports: [{number: 443}]}') + TO('host: a.example.org, port: {number: 80}'), 'a.example.org has no port 80; it has 443'],
  ['MESH-ROUTE-MATCH-PORT', WEB + ROUTE('http: [{match: [{port: 8080}]}]'), 'nobody calls these hosts at port 8080; there is 80, 81'],
  ['MESH-ROUTE-MATCH-PORT', GATEWAY(HTTPS) + BOUND('http: [{match: [{port: 8443}]}]'), 'there is 443'],
  ['MESH-ROUTE-GATEWAY', ROUTE('http: [{match: [{gateways: [edge]}]}]'), 'the match is for edge, the VirtualService for mesh'],
  ['MESH-ROUTE-SNI', ROUTE('tls: [{match: [{sniHosts: [b.example.org]}]}]', 'a.example.org'), '"b.example.org" is none of a.example.org'],
  ['MESH-ROUTE-KIND', GATEWAY(HTTPS) + BOUND('tls: [{match: [{sniHosts: [web.example.org]}]}]'), 'takes http routes for these hosts, and there are only tls routes'],
  ['MESH-ROUTE-KIND', GATEWAY(HTTPS.replace(/mode.*\}\}/, 'mode: PASSTHROUGH}}')) + BOUND('http: [{}]'), 'takes tls routes'],
  ['MESH-ROUTE-KIND', GATEWAY(`${HTTPS.replace('SIMPLE', 'PASSTHROUGH')}, {hosts: [web.example.org], port: {number: 80, protocol: HTTP, name: http}, tls: {httpsRedirect: true}}`) + BOUND('http: [{}]'), 'takes tls routes'],
  ['MESH-ROUTE-KIND', GATEWAY(HTTPS.replace('HTTPS', 'TLS')) + BOUND('http: [{match: [{gateways: [shop/edge]}]}]'), 'takes tcp routes'],
  ['MESH-GATEWAY-PORT', PROXY + GATEWAY(HTTPS.replace('443', '9443')), 'no Service leads to port 9443 of edge; there is 443'],
  ['MESH-GATEWAY-SNI', PROXY + GATEWAY(HTTPS) + TO_EDGE() + RULE('host: edge, trafficPolicy: {tls: {mode: SIMPLE, sni: other.example.org}}'), 'serves web.example.org, not other.example.org'],
  ['MESH-GATEWAY-RIGHTS', PROXY + ROLE('get') + GATEWAY(HTTPS), 'service account default of shop/edge may not list secrets in shop'],
  ['MESH-EXPORT', E.replace(/(exportTo:\n {4}- \.\n) {4}- shop\n( {2}hosts:\n {4}- api.bank.example.com\n {2}loc)/, '$1$2'), 'ServiceEntry api.bank.example.com of api.bank.example.com is not exported to shop'],
  ['MESH-AUTHZ-SNI', E.replace('- "8080"', '- "8443"'), 'no server of the gateway on port 8443 lists rates.example.com; it lists api.bank.example.com'],
  ['MESH-UNKNOWN-HOST', WEB + RULE('host: wbe.shop.svc.cluster.local'), 'there is no Service wbe in namespace shop; there is web'],
  ['MESH-UNKNOWN-HOST', WEB + ROUTE('http: [{}]', 'wbe.shop.svc.cluster.local'), 'there is no Service wbe'],
  ['MESH-UNKNOWN-HOST', E.replace('host: rates.example.com\n  trafficPolicy', 'host: rates.example.org\n  trafficPolicy'), 'no ServiceEntry has the host rates.example.org'],
  ['MESH-UNKNOWN-HOST', E.replace(/host: istio-egressgateway.istio-egress.svc.cluster.local\n {2}subsets/, 'host: istio-egressgateway.istio-egress.svc.cluster.locl\n  subsets'), '"cluster.locl" is no domain of the cluster, which is cluster.local'],
  ['MESH-UNKNOWN-HOST', E.replace('    pilot:\n      autoscaleMin', '    global: {proxy: {clusterDomain: corp.local}}\n    pilot:\n      autoscaleMin').replace(/host: istio-egressgateway\.\S+\n( +port)/g, 'host: istio-egressgateway\n$1'),
    '"cluster.local" is no domain of the cluster, which is corp.local'],
  ['MESH-SAN-IDENTITY', E.replace('sa/istio-egressgateway', 'sa/egressgateway'), 'the pods of istio-egressgateway are spiffe://example.org/ns/istio-egress/sa/istio-egressgateway'],
])('%s fails: %s', (rule, text, message) => {
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['MESH-ROUTE-PORT', 'a port of the Service', WEB + TO('host: web, port: {number: 81}')],
  ['MESH-ROUTE-PORT', 'a port of a variant of the Service', WEB + CORE('Service', '{ports: [{port: 82}]}') + TO('host: web, port: {number: 82}')],
  ['MESH-ROUTE-PORT', 'no port', WEB + TO('host: web')],
  ['MESH-ROUTE-PORT', 'a host that is not here', TO('host: web, port: {number: 8080}')],
  ['MESH-ROUTE-PORT', 'a Service without ports', CORE('Service', '{type: ExternalName, externalName: a.example.org}') + TO('host: web, port: {number: 8080}')],
  ['MESH-ROUTE-PORT', 'a port of another ServiceEntry', ISTIO('ServiceEntry', '{hosts: [a.example.org], ports: [{number: 443}]}', 'a') + ISTIO('ServiceEntry', '{hosts: [a.example.org], ports: [{number: 80}]}', 'b')
    + TO('host: a.example.org, port: {number: 80}')],
  ['MESH-ROUTE-PORT', 'a route of the Gateway API', WEB + TO('host: web, port: {number: 8080}').replace('networking.istio.io', 'example.org')],
  ['MESH-ROUTE-MATCH-PORT', 'a gateway that is not here', BOUND('http: [{match: [{port: 8443}]}]')],
  ['MESH-ROUTE-MATCH-PORT', 'a host that is not here', WEB + ROUTE('http: [{match: [{port: 8080}]}]', 'web, api')],
  ['MESH-ROUTE-MATCH-PORT', 'ports of gateway and mesh', WEB + GATEWAY(HTTPS) + ROUTE('gateways: [mesh, edge], http: [{match: [{port: 80}, {port: 443}]}]')],
  ['MESH-ROUTE-MATCH-PORT', 'variants of a gateway', GATEWAY(HTTPS) + GATEWAY(HTTPS.replace('443', '80')) + BOUND('http: [{match: [{port: 80}]}, {match: [{port: 443}]}]')],
  ['MESH-ROUTE-KIND', 'variants of a gateway', GATEWAY(HTTPS) + GATEWAY(HTTPS.replace('SIMPLE', 'PASSTHROUGH')) + BOUND('tls: [{}]')],
  ['MESH-UNKNOWN-HOST', 'a Service of a chart beside others', `${WEB}---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: shop}\n${TO('host: api')}`],
  ['MESH-UNKNOWN-HOST', 'the control plane', WEB.replace('namespace: shop', 'namespace: istio-system') + RULE('host: istiod.istio-system.svc.cluster.local')],
  ['MESH-UNKNOWN-HOST', 'a Service that names no namespace', WEB.replace('namespace: shop, ', '') + TO('host: web')],
  ['MESH-ROUTE-GATEWAY', 'a name without namespace', ROUTE('gateways: [shop/edge], http: [{match: [{gateways: [edge]}]}]')],
  ['MESH-ROUTE-GATEWAY', 'one of several', ROUTE('gateways: [edge, mesh], http: [{match: [{gateways: [mesh]}]}]')],
  ['MESH-ROUTE-GATEWAY', 'a part of another VirtualService', ISTIO('VirtualService', '{http: [{match: [{gateways: [edge]}]}]}')],
  ['MESH-ROUTE-SNI', 'a name below a star', ROUTE('tls: [{match: [{sniHosts: [a.example.org, "*.b.example.org"]}]}]', '"*.example.org"')],
  ['MESH-ROUTE-SNI', 'an address', ROUTE('tls: [{match: [{sniHosts: [192.0.2.1]}]}]', 'a.example.org')],
  ['MESH-ROUTE-KIND', 'one of several kinds', GATEWAY(HTTPS) + BOUND('tcp: [{}], http: [{}]')],
  ['MESH-ROUTE-KIND', 'another server', GATEWAY(`${HTTPS}, ${HTTPS.replace('SIMPLE, credentialName: edge', 'PASSTHROUGH').replace('443', '8443').replace('name: https', 'name: b')}`) + BOUND('tls: [{}]')],
  ['MESH-ROUTE-KIND', 'TCP', GATEWAY('{hosts: ["*"], port: {number: 27017, protocol: MONGO, name: db}}') + BOUND('tcp: [{}]')],
  ['MESH-ROUTE-KIND', 'no server for the host', GATEWAY(HTTPS.replace('web.', 'api.')) + BOUND('tls: [{}]')],
  ['MESH-GATEWAY-PORT', 'the port of the pod', PROXY + GATEWAY(HTTPS.replace('443', '8443'))],
  ['MESH-GATEWAY-PORT', 'no Service', PROXY.replace(/---[^-]*Service[^]*/, '') + GATEWAY(HTTPS.replace('443', '9443'))],
  ['MESH-GATEWAY-PORT', 'a port of the node', PROXY.replace('image: "proxyv2:1"', 'image: "proxyv2:1", ports: [{containerPort: 9443, hostPort: 9443}]') + GATEWAY(HTTPS.replace('443', '9443'))],
  ['MESH-AUTHZ-SNI', 'a policy for others than gateways', `${PROXY}${GATEWAY(HTTPS)}${CORE('Pod', '{containers: []}', 'web').replace('app: web', 'app: api')}---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\n`
    + 'metadata: {name: a, namespace: shop}\nspec: {rules: [{when: [{key: connection.sni, values: [b.example.org]}]}]}\n'],
  ['MESH-GATEWAY-CONFLICT', 'other hosts', PROXY + GATEWAY(HTTPS) + GATEWAY(HTTPS.replace('web.', 'api.')).replace('name: edge', 'name: other')],
  ['MESH-GATEWAY-CONFLICT', 'another address', PROXY + GATEWAY(HTTPS) + GATEWAY(HTTPS.replace('{hosts', '{bind: 192.0.2.1, hosts')).replace('name: edge', 'name: other')],
  ['MESH-GATEWAY-CONFLICT', 'a variant of the same name', PROXY + GATEWAY(HTTPS) + GATEWAY(HTTPS)],
  ['MESH-GATEWAY-CONFLICT', 'several servers of HTTP', PROXY + GATEWAY('{hosts: ["a"], port: {number: 80, protocol: HTTP, name: a}}, {hosts: ["b"], port: {number: 80, protocol: HTTP2, name: b}}')],
  ['MESH-GATEWAY-NO-SNI', 'a Gateway that may be elsewhere', PROXY + MUTUAL + TO_EDGE('', 'mesh')],
  ['MESH-GATEWAY-NO-SNI', 'the name for all ports', PROXY + MUTUAL + RULE('host: edge, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, sni: web.example.org}}') + TO_EDGE()],
  ['MESH-GATEWAY-NO-SNI', 'the name for the port', PROXY + MUTUAL + RULE('host: edge, trafficPolicy: {portLevelSettings: [{port: {number: 443}, tls: {mode: ISTIO_MUTUAL, sni: web.example.org}}]}') + TO_EDGE()],
  ['MESH-GATEWAY-NO-SNI', 'a server for every name', PROXY + MUTUAL.replace('web.example.org', '"*.example.org"') + TO_EDGE()],
  ['MESH-GATEWAY-NO-SNI', 'TLS of the caller that passes through', PROXY + GATEWAY(HTTPS.replace(/mode.*\}\}/, 'mode: PASSTHROUGH}}')) + TO_EDGE()],
  ['MESH-TLS-ORIGINATION', 'TLS for the port', ENTRY('ports: [{number: 80, protocol: HTTP, targetPort: 443}]') + SECURE('portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]')],
  ['MESH-TLS-ORIGINATION', 'a rule that may be elsewhere', ENTRY('ports: [{number: 80, protocol: HTTP, targetPort: 443}]')],
  ['MESH-TLS-ORIGINATION', 'a second port', ENTRY('ports: [{number: 80, protocol: HTTP}, {number: 443, protocol: HTTPS}]') + SECURE('tls: {mode: SIMPLE}')],
  ['MESH-TLS-ORIGINATION', 'endpoints with ports of their own', ENTRY('ports: [{number: 80, protocol: HTTP}], endpoints: [{address: 192.0.2.1}]') + SECURE('tls: {mode: SIMPLE}')],
  ['MESH-ROUTE-PROTOCOL', 'one port of several', ENTRY('ports: [{number: 80, protocol: HTTP}, {number: 443, protocol: TLS}]') + ROUTE('tls: [{match: [{sniHosts: [a.example.org]}]}], http: [{match: [{uri: {prefix: /}}]}]', 'a.example.org')],
  ['MESH-ROUTE-PROTOCOL', 'a route of a gateway', ENTRY('ports: [{number: 443, protocol: TLS}]') + ROUTE('gateways: [edge], http: [{match: [{uri: {prefix: /}}]}]', 'a.example.org')],
  ['MESH-ROUTE-PROTOCOL', 'a host that is not here', ENTRY('ports: [{number: 443, protocol: TLS}]') + ROUTE('http: [{match: [{port: 443}]}]', 'a.example.org, b.example.org')],
  ['MESH-TLS-ORIGINATION', 'a port that routes lead past', ENTRY('ports: [{number: 80, protocol: HTTP, targetPort: 443}, {number: 443, protocol: HTTPS}]')
    + SECURE('portLevelSettings: [{port: {number: 443}, tls: {mode: SIMPLE}}]') + ROUTE('http: [{route: [{destination: {host: a.example.org, port: {number: 443}}}]}]', 'a.example.org')],
  ['MESH-TLS-ORIGINATION', 'an address that the caller chose', ENTRY('resolution: NONE, ports: [{number: 80, protocol: HTTP, targetPort: 443}]') + SECURE('loadBalancer: {}')],
  ['MESH-SERVICE-ENTRY-EMPTY', 'a Service of that name', ENTRY('resolution: STATIC').replace('a.example.org', 'web.shop.svc.cluster.local')],
  ['MESH-SERVICE-ENTRY-EMPTY', 'a route to other hosts', ENTRY('resolution: STATIC') + ROUTE('http: [{route: [{destination: {host: b.example.org}}]}]', 'a.example.org')],
  ['MESH-SERVICE-ENTRY-EMPTY', 'a selector', ENTRY('resolution: STATIC, workloadSelector: {labels: {app: web}}')],
  ['MESH-RULE-CA', 'a file, and the word', SECURE('tls: {mode: SIMPLE, caCertificates: /etc/ca.pem}, portLevelSettings: [{port: {number: 1}, tls: {mode: SIMPLE, caCertificates: system}}]')],
  ['MESH-GATEWAY-SNI', 'a Gateway that may be elsewhere', PROXY + GATEWAY(HTTPS) + RULE('host: edge, trafficPolicy: {tls: {mode: SIMPLE, sni: other.example.org}}')],
  ['MESH-GATEWAY-SNI', 'a host of the server', PROXY + GATEWAY(HTTPS) + TO_EDGE() + RULE('host: edge, trafficPolicy: {tls: {mode: SIMPLE, sni: web.example.org}}')],
  ['MESH-GATEWAY-SNI', 'a server without TLS', PROXY + GATEWAY(HTTPS.replace(/, tls.*/, '}')) + TO_EDGE() + RULE('host: edge, trafficPolicy: {tls: {mode: SIMPLE, sni: other.example.org}}')],
  ['MESH-GATEWAY-RIGHTS', 'the right', PROXY + ROLE('get, watch, list') + GATEWAY(HTTPS)],
  ['MESH-GATEWAY-RIGHTS', 'roles that are not here', PROXY + GATEWAY(HTTPS)],
  ['MESH-GATEWAY-RIGHTS', 'no Secret', PROXY + ROLE('get') + GATEWAY(HTTPS.replace('SIMPLE, credentialName: edge', 'ISTIO_MUTUAL'))],
  ['MESH-EXPORT', 'what is exported to all', E.replace(/ {2}exportTo:\n {4}- \.\n {4}- shop\n( {2}hosts:\n {4}- api.bank.example.com\n {2}loc)/, '$1')],
  ['MESH-UNKNOWN-HOST', 'a host of its own for a route', WEB + ROUTE('http: [{}]', 'virtual')],
  ['MESH-UNKNOWN-HOST', 'a DestinationRule whose ServiceEntry may be elsewhere', E + RULE('host: api.example.net')],
  ['MESH-UNKNOWN-HOST', 'a DestinationRule of any namespace', `${WEB}${RULE('host: api')}`.replace(/namespace: shop(, )?/g, '')],
  ['MESH-UNKNOWN-HOST', 'a DestinationRule where no ServiceEntry is', RULE('host: a.example.org')],
  ['MESH-UNKNOWN-HOST', 'hosts below a star', WEB + RULE('host: "*.shop.svc.cluster.local"')],
  ['MESH-UNKNOWN-HOST', 'a domain where no mesh tells its own', WEB + RULE('host: web.shop.svc.corp.example.org')],
  ['MESH-UNKNOWN-HOST', 'Services of several clusters', E + RULE('host: orders.shop.svc.clusterset.local')],
])('%s may have %s', (rule, _, text) => {
  expect(found(rule, text)).toEqual([]);
});
