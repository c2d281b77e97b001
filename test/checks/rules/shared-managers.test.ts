import { findingsOf, found } from '../cases';

/** A server with a controller manager beside it. */
function server(name: string, trustDomain: string, manager: string, configMap = `${name}-manager`, env = ''): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: spire}
data:
  server.conf: |
    server {
      trust_domain = "${trustDomain}"
      data_dir = "/data"
    }
    plugins {
      DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/data/db" } }
      KeyManager "disk" { plugin_data { keys_path = "/data/keys.json" } }
    }
---
${manager === '' ? '' : `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}-manager, namespace: spire}
data:
  manager.yaml: |
    apiVersion: spire.spiffe.io/v1alpha1
    kind: ControllerManagerConfig
    clusterName: prod
    trustDomain: ${trustDomain}
    entryIDPrefix: ${name}
    leaderElection: {leaderElect: true, resourceName: ${name}, resourceNamespace: spire}
    validatingWebhookConfigurationName: ${name}
    className: ${name}
---
`}apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}, namespace: spire}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
      - {name: spire-server, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: c, mountPath: /c}]}
      - {name: manager, image: "ghcr.io/spiffe/spire-controller-manager:0.6.6", args: [--config=/m/manager.yaml], volumeMounts: [{name: m, mountPath: /m}]${env}}
      volumes: [{name: c, configMap: {name: ${name}}}, {name: m, configMap: {name: ${configMap}}}]
---
`;
}

const [ONE, TWO] = [server('one', 'one.org', 'own'), server('two', 'two.org', 'own')].map(text => text.replace(/clusterName: .*/, 'clusterName: demo'));
const SHARE = 'SPIRE-MANAGERS-SHARE';
const CLASS = 'SPIRE-MANAGERS-CLASS';
const EITHER = /^SPIRE-MANAGERS-(SHARE|CLASS)$/;
const AND = 'is that of spire/one too, whose server has the trust domain "one.org", that of spire/two has "two.org"';

test('two servers that have nothing in common are right', () => {
  expect(found(EITHER, ONE + TWO)).toEqual([]);
});

test.each([
  ['one webhook', 'validatingWebhookConfigurationName: two', 'validatingWebhookConfigurationName: one', `the webhook ${AND}`],
  ['one lease', 'resourceName: two', 'resourceName: one', `the lease ${AND}`],
])('two servers fail with %s', (_, from, to, message) => {
  const text = ONE + TWO.replace(from, to);
  expect(findingsOf(SHARE, text)).toMatchObject([{ message, line: text.split('\n').findIndex((line, i) => i > 40 && line.includes(to)) + 1 }]);
  // of one trust domain, they may be parts of one server
  expect(found(SHARE, text.replace(/two\.org/g, 'one.org'))).toEqual([]);
});

test('two servers fail with the webhook that nobody names', () => {
  expect(found(SHARE, (ONE + TWO).replace(/ {4}validatingWebhook.*\n/g, ''))).toEqual([`the webhook ${AND}`]);
  const off = ', env: [{name: ENABLE_WEBHOOKS, value: "false"}]';
  expect(found(SHARE, (ONE + server('two', 'two.org', 'own', 'two-manager', off).replace('clusterName: two', 'clusterName: demo')).replace(/ {4}validatingWebhook.*\n/g, ''))).toEqual([]);
});

test('two servers fail with one configuration', () => {
  const messages = found(SHARE, ONE + server('two', 'two.org', '', 'one-manager'));
  expect(messages).toContain(`the configuration ${AND}`);
});

test('servers of files beside each other may be in two clusters', () => {
  const two = TWO.replace('validatingWebhookConfigurationName: two', 'validatingWebhookConfigurationName: one').replace('className: two', 'className: one');
  const elsewhere = two.replace(/namespace: spire\}/g, 'namespace: west}').replace('clusterName: demo', '');
  expect(found(EITHER, ONE + two)).toHaveLength(2);
  expect(found(EITHER, ONE + elsewhere)).toEqual([]);
  expect(found(SHARE, ONE + two.replace(/namespace: spire\}/g, 'namespace: west}'))).toHaveLength(1);
  // two clusters have two names
  const other = two.replace('clusterName: demo', 'clusterName: other');
  expect(found(EITHER, ONE + other)).toEqual([]);
});

test('two servers of one name are in two clusters', () => {
  const both = ONE + ONE.replace(/one\.org/g, 'two.org');
  expect(found(EITHER, both)).toEqual([]);
});

describe('objects of one class', () => {
  test('fail to be of one trust domain', () => {
    expect(found(CLASS, ONE + TWO.replace('className: two', 'className: one'))).toEqual(['that of trust domain "one.org" takes objects of class "one" too']);
    expect(found(CLASS, (ONE + TWO).replace(/ {4}className.*\n/g, ''))).toEqual(['that of trust domain "one.org" takes objects without className too']);
    expect(found(CLASS, (ONE + TWO).replace(/className: (one|two)/g, 'className: $1\n    watchClassless: true'))).toHaveLength(1);
  });

  test.each([
    ['managers of one trust domain', ONE + TWO.replace('className: two', 'className: one').replace(/two\.org/g, 'one.org')],
    ['a manager of what has no class', ONE + TWO.replace('    className: two\n', '')],
    ['a class out of the environment', ONE.replace('className: one', 'className: ${CLASS}') + TWO.replace('className: two', 'className: ${CLASS}')],
  ])('are right for %s', (_, text) => {
    expect(found(CLASS, text)).toEqual([]);
  });
});

describe('two managers at one socket', () => {
  const manager = (name: string, prefix: string, trustDomain = 'one.org', namespace = 'spire'): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: ${namespace}}
data:
  manager.yaml: |
    apiVersion: spire.spiffe.io/v1alpha1
    kind: ControllerManagerConfig
    clusterName: prod
    trustDomain: ${trustDomain}
    entryIDPrefix: ${prefix}
    spireServerSocketPath: /run/spire/api.sock
---
`;
  const FIGHT = 'SPIRE-MANAGERS-FIGHT';

  test('fail with one prefix', () => {
    expect(findingsOf(FIGHT, manager('a', 'one') + manager('b', 'one'))).toEqual([
      expect.objectContaining({ message: 'entryIDPrefix "one" is that of another controller manager at /run/spire/api.sock too', line: 22 }),
    ]);
  });

  test.each([
    ['a prefix each', manager('a', 'one') + manager('b', 'two')],
    ['a trust domain each', manager('a', 'one') + manager('b', 'one', 'two.org')],
    ['a namespace each', manager('a', 'one') + manager('b', 'one', 'one.org', 'other')],
    ['one name, as two clusters have it', manager('a', 'one') + manager('a', 'one')],
    ['a prefix that is filled in', manager('a', '${PREFIX}') + manager('b', '${PREFIX}')],
    ['a server each', (server('a', 'one.org', 'own') + server('b', 'one.org', 'own')).replace(/entryIDPrefix: ./g, 'entryIDPrefix: one')],
  ])('may have %s', (_, text) => {
    expect(found(FIGHT, text)).toEqual([]);
  });
});
