import { readFileSync, readdirSync, statSync } from 'fs';
import { join, relative } from 'path';
import { check, fixture, findingsOf, found, keysOf } from './cases';
import { Files, REWRITINGS } from './rewritings';

const ROOT = join(__dirname, '..', '__snapshots__');

function filesBelow(folder: string): string[] {
  return readdirSync(folder).map(name => join(folder, name)).flatMap(path => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}

const RIGHT: [string, Files][] = [
  ...['envoy-and-opa', 'nested-spire', 'shop-with-egress'].map((example): [string, Files] =>
    [example, Object.fromEntries(filesBelow(join(ROOT, example)).map(path => [relative(ROOT, path), readFileSync(path, 'utf8')]))]),
  ...['spire.yaml', 'mesh.yaml', 'egress.yaml', 'sidecar.yaml', 'operations.yaml'].map((name): [string, Files] => [name, { 'a.yaml': fixture(name) }]),
];

// what is for objects alone is not for the files of an example
const ROWS = RIGHT.flatMap(([name, files]) => Object.entries(REWRITINGS)
  .map(([way, rewrite]) => [name, way, rewrite(files)] as const)).filter(([, , rewritten]) => rewritten);

test.each(ROWS)('nothing is found in %s as %s', (_name, _way, rewritten) => {
  expect(keysOf(check(rewritten!))).toEqual([]);
});

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: server, namespace: spire}\n';
const SERVER = 'server { trust_domain = "Example.org" }';
const set = (container: string, volume = 'configMap: {name: server}', more = ''): string => `---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: server, namespace: spire}
spec: {template: {spec: {${more} containers: [{name: a, image: "ghcr.io/spiffe/spire-server:1.15.3", ${container}, volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, ${volume}}]}}}
`;
const KEYS = (data: string, more: string): Files => ({ 'a.yaml': `${CONFIG}${data}\n${more}` });
const text = `data: {server.conf: '${SERVER}'}`;
const base64 = Buffer.from(SERVER).toString('base64');
const ARGS = 'args: [-config, /c/server.conf]';

describe('SPIRE-TRUST-DOMAIN fails', () => {
  test.each<[string, Files]>([
    ['in a file', { 'server.conf': SERVER }],
    ['in a ConfigMap', KEYS(text, set(ARGS))],
    ['in base64', KEYS(`binaryData: {server.conf: ${base64}}`, set(ARGS))],
    ['in compact JSON', { 'a.json': JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'server' }, data: { 'server.conf': SERVER } }) }],
    ['under another name, put to its path by items', KEYS(`data: {one: '${SERVER}'}`, set(ARGS, 'configMap: {name: server, items: [{key: one, path: server.conf}]}'))],
    ['in a projected volume', KEYS(`data: {one: '${SERVER}'}`, set('args: [-config, /c/one]', 'projected: {sources: [{configMap: {name: server}}]}'))],
    ['beside the file of an agent that is read by another pod', KEYS(`data: {server.conf: '${SERVER}', agent.conf: 'agent { trust_domain = "example.org" }'}`, set(ARGS))],
  ])('%s', (_, files) => {
    expect(found('SPIRE-TRUST-DOMAIN', files)).toContainEqual(expect.stringContaining('Example.org'));
  });
});

describe('a variable that nobody expands', () => {
  const told = (container: string): string[] => found('SPIRE-EXPAND-ENV', KEYS('data: {server.conf: \'server { trust_domain = "${DOMAIN}" }\'}', set(container)));

  test.each(['args: [-config, /c/server.conf]', 'command: [/bin/sh, -c], args: ["exec spire-server run -config /c/server.conf"]',
    'command: [/bin/sh, -c], args: ["echo -expandEnv; exec spire-server run -config /c/server.conf"]'])('fails with %s', container => {
    expect(told(container)).toEqual([expect.stringContaining('${DOMAIN} stays as it is')]);
  });

  test.each(['args: [-config, /c/server.conf, -expandEnv]', 'args: [-config=/c/server.conf, --expandEnv=1]', 'command: [/bin/sh, -c], args: ["exec spire-server run -config /c/server.conf -expandEnv"]',
    'command: [sh, -ec, "mkdir -p /a && \\\\\\nexec spire-server run -config \\"$CONFIG\\" \\\\\\n -expandEnv"]'])('is right with %s', container => {
    expect(told(`${container}, env: [{name: DOMAIN, value: example.org}]`)).toEqual([]);
  });
});

const ENVOY = { staticResources: { listeners: [], clusters: [{ name: 'a', type: 'STRICT_DNS' }] } };

describe('a bootstrap in a ConfigMap fails', () => {
  test.each([['with the names of the protocol', JSON.stringify(ENVOY).replace('staticResources', 'static_resources')], ['with the names of JSON', JSON.stringify(ENVOY)]])('%s', (_, bootstrap) => {
    const [{ object }] = findingsOf('ENVOY-NO-ENDPOINTS', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: envoy, namespace: shop}\ndata: {envoy.json: '${bootstrap}'}`);
    expect(object).toMatchObject({ kind: 'ConfigMap', namespace: 'shop', name: 'envoy' });
  });
});

const MESH = 'meshConfig: {trustDomain: a_b.org, caCertificates: [{trustDomains: [partner.org]}]}';

describe('the configuration of a mesh fails', () => {
  test.each<[string, string]>([
    ['of an IstioOperator', `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {profile: minimal, ${MESH}}`],
    ['among the values of an IstioOperator', `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {profile: minimal, values: {${MESH}}}`],
    ['where its values win', `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {meshConfig: {trustDomain: example.org}, values: {${MESH}}}`],
    ['of the Sail operator', `apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: a}\nspec: {values: {${MESH}}}`],
    ['in values', MESH],
    ['in JSON of a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: \'{"trustDomain":"a_b.org"}\'}'],
    ['in a ConfigMap that says nothing else', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: "\'trustDomain\': a_b.org"}'],
  ])('%s', (_, input) => {
    expect(found('MESH-TRUST-DOMAIN', input)).toEqual([expect.stringContaining('a_b.org')]);
  });

  test('in compact JSON for each object', () => {
    const items = ['a', 'b'].map(name => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }));
    expect(findingsOf('OPS-HARDENING', { 'a.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) }).map(({ object }) => object.name)).toEqual(['a', 'b']);
  });
});

describe('values of a mesh in several files', () => {
  const TEMPLATE = 'sidecarInjectorWebhook: {templates: {spire: "spec: {volumes: [{name: workload-socket, emptyDir: null, csi: {driver: csi.spiffe.io, readOnly: true}}]}"}}';
  const CONFIGURED = 'meshConfig: {trustDomain: example.org, defaultConfig: {proxyMetadata: {WORKLOAD_IDENTITY_SOCKET_FILE: spire-agent.sock}}}';
  const told = (files: Files): string[] => keysOf(check(files));

  test('are those of one file', () => {
    const [mesh, template, pilot] = [CONFIGURED, TEMPLATE, 'pilot: {env: {PILOT_DEBOUNCE_AFTER: 100ms}}\nglobal: {meshID: mesh}'];
    const split = told({ 'a-values.yaml': template, 'b-values.yaml': mesh, 'c-values.yaml': pilot });
    expect(split).toEqual(told({ 'values.yaml': [mesh, template, pilot].join('\n') }));
    expect(split.filter(key => /MESH-(INPUTS-DIFFER|FAIL-OPEN)/.test(key))).toEqual([]);
  });

  test('fail at the file and line that says it', () => {
    const files = { 'a-values.yaml': CONFIGURED, 'b-values.yaml': '# its variables\npilot:\n  env:\n    PILOT_DEBOUNCE_AFTRE: 1s' };
    expect(findingsOf('MESH-UNKNOWN-ENV', files)).toEqual([expect.objectContaining({ file: 'b-values.yaml', line: 4 })]);
  });

  test('fail where they say different things', () => {
    expect(found('MESH-INPUTS-DIFFER', { 'a-values.yaml': CONFIGURED, 'b-values.yaml': 'meshConfig: {trustDomain: other.org}' })).toEqual(['trustDomain is other.org, in other Helm values it is example.org']);
  });
});
