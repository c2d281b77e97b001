import { SPIRE_RULES } from '../../../src/checks/rules/spire';
import { check, fixture } from '../cases';
import { AGENT, DRIVER, REGISTRAR } from '../fixtures/pods';

const F = 'spire.yaml';
const READY = 'readinessProbe: {httpGet: {path: /ready, port: 8080}}';
const ARGS = 'args: [-config, /run/spire/config/server.conf]';
const AGENT_ARGS = 'args: [-config, /run/spire/config/agent.conf]';
const VOLUMES = '      volumes: [{name: sockets, hostPath: {path: /run/spire/agent-sockets}}]';
const spire = fixture(F);

function found(rule: string, text: string): string[] {
  expect(text).not.toBe(spire);
  return check(F, text, SPIRE_RULES.filter(({ id }) => id === rule)).map(({ message }) => message);
}

test.each([
  ['the socket of the configuration', '[/opt/spire/bin/spire-server, healthcheck, -socketPath, /run/spire/sockets/api.sock]'],
  ['with two dashes', '[/opt/spire/bin/spire-server, healthcheck, --socketPath=/run/spire/sockets/api.sock]'],
  ['another command of SPIRE', '[/opt/spire/bin/spire-server, bundle, show]'],
  ['a program of another image', '[/bin/true]'],
])('a probe with %s is right', (_, command) => {
  const text = fixture(F).replace(READY, `livenessProbe: {exec: {command: ${command}}}`);
  expect(check(F, text, SPIRE_RULES).filter(({ rule }) => rule.startsWith('SPIRE-PROBE'))).toEqual([]);
});

test('a CSI driver that hands on its mounts is right', () => {
  expect(check('a.yaml', DRIVER('true', 'Bidirectional'), SPIRE_RULES).filter(({ rule }) => rule === 'SPIRE-CSI-MOUNT')).toEqual([]);
});

test.each([
  ['with an unknown flag', ARGS, 'args: [-config, /run/spire/config/server.conf, -dataDirectory, /x]', 'spire-server run has no flag -dataDirectory'],
  ['with flag and value in one item', ARGS, 'args: ["-config /run/spire/config/server.conf"]', 'spire-server run has no flag -config /run/spire/config/server.conf'],
  ['with the flag of an agent', ARGS, 'args: [-joinToken, a]', 'spire-server run has no flag -joinToken'],
  ['with something between the flags', AGENT_ARGS, 'args: [-expandEnv, "true", -config, /run/spire/config/agent.conf]', 'what follows "true" is not read as flags'],
  ['with its own command', AGENT_ARGS, 'command: [/opt/spire/bin/spire-agent, run]\n        args: [-verbose]', 'spire-agent run has no flag -verbose'],
])('fails at arguments %s', (_, from, to, message) => {
  expect(found('SPIRE-ARGS', spire.replace(from, to))).toEqual([message]);
});

test.each([
  ['two dashes', ARGS, 'args: [--config=/run/spire/config/server.conf, --expandEnv]'],
  ['a shell', ARGS, 'command: [sh, -c]\n        args: [run-server --fast]'],
  ['a value that begins with a dash', AGENT_ARGS, 'args: [-trustDomain, -x, -config, /a]'],
])('arguments with %s are right', (_, from, to) => {
  expect(found('SPIRE-ARGS', spire.replace(from, to))).toEqual([]);
});

describe('a variable in the arguments', () => {
  const text = (value: string): string => spire.replace(AGENT_ARGS, `args: [-config, /run/spire/config/agent.conf, -trustDomain, $(DOMAIN)]\n        env: [{name: DOMAIN, value: ${value}}]`)
    .replace('        env: [{name: MY_NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]\n', '');

  test('is read', () => {
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', text('example.org'))).toEqual([]);
  });

  test('fails with another trust domain', () => {
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', text('example.com'))).toEqual(['the agent has the trust domain "example.com", the SPIRE server "example.org"']);
  });
});

test('a registrar with the path of the node is right', () => {
  const text = spire.replace(VOLUMES, REGISTRAR);
  expect(found('SPIRE-CSI-REGISTRATION', text)).toHaveLength(1);
  expect(found('SPIRE-CSI-REGISTRATION', text.replace('plugins/spiffe/csi.sock', 'plugins/csi.spiffe.io/csi.sock'))).toEqual([]);
});

test('agents on nodes of their own may have the same socket', () => {
  const text = `${spire}---\n${AGENT}\n`;
  expect(found('SPIRE-AGENTS-COLLIDE', text)).toEqual(['the agents spire-agent and gpu both make /run/spire/agent-sockets/socket of the node']);
  expect(found('SPIRE-AGENTS-COLLIDE', text.replace('spec: {containers: [{name: a', 'spec: {nodeSelector: {gpu: "true"}, containers: [{name: a'))).toEqual([]);
});

test('a port of another address is free', () => {
  const text = spire.replace('bind_address = "0.0.0.0"', 'bind_address = "10.0.0.1"').replace('host = "0.0.0.0"\n      port = 9988', 'host = "127.0.0.1"\n      port = 8080');
  expect(found('SPIRE-PORT-TWICE', text)).toEqual([]);
  expect(found('SPIRE-PORT-TWICE', text.replace('"127.0.0.1"', '"0.0.0.0"'))).toEqual(['Prometheus and health_checks listen on port 8080']);
});

test('an agent may have a join token for a server without the plugin', () => {
  const text = spire.replace('NodeAttestor "k8s_psat" { plugin_data {\n        cluster = "demo"\n        token_path = "/run/spire/token/spire-agent"', 'NodeAttestor "join_token" { plugin_data {');
  expect(found('SPIRE-ATTESTOR', text)).toEqual([]);
});

describe('the account of the agent', () => {
  const unbound = spire.replace('subjects: [{kind: ServiceAccount, name: spire-agent, namespace: spire-system}]', 'subjects: []');

  test('fails where it is in the input and has no role', () => {
    const account = '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: spire-agent, namespace: spire-system}\n';
    expect(found('SPIRE-RBAC', `${unbound}${account}`)).toEqual(['service account spire-agent has no role: it may not get nodes/proxy']);
  });

  test('may have its roles elsewhere', () => {
    expect(found('SPIRE-RBAC', unbound)).toEqual([]);
  });
});

test.each([
  ['a helper', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: h, namespace: shop}\n'
    + 'data: {helper.conf: "agent_address = \\"/spiffe/FILE\\"\\nsvid_file_name = \\"a\\"\\nsvid_key_file_name = \\"b\\"\\nsvid_bundle_file_name = \\"c\\""}', 'spiffe-helper:0.11.0'],
  ['an Envoy', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: h, namespace: shop}\ndata:\n  envoy.yaml: |\n    static_resources: {clusters: [{name: agent, '
    + 'load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {pipe: {path: /spiffe/FILE}}}}]}]}}]}', 'envoy:v1.36.0'],
])('%s fails with the name of another socket', (_, config, image) => {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: h, namespace: shop}\nspec: {containers: [{name: h, image: "a/${image}", volumeMounts: [{name: c, mountPath: /etc/h}, `
    + '{name: s, mountPath: /spiffe}]}], volumes: [{name: c, configMap: {name: h}}, {name: s, csi: {driver: csi.spiffe.io, readOnly: true}}]}';
  const text = (file: string): string => `${spire}---\n${config.replace('FILE', file)}\n---\n${pod}\n`;
  expect(found('SPIRE-SOCKET-CLIENT', text('agent.sock'))).toEqual([expect.stringContaining('the agents make "socket"')]);
  expect(found('SPIRE-SOCKET-CLIENT', text('socket'))).toEqual([]);
});

test('selectors without a colon fail also where they come from names alone', () => {
  const selector = (text: string): string => spire.replace('"k8s:ns:{{ .PodMeta.Namespace }}"', `"${text}"`);
  expect(found('SPIRE-ID-TEMPLATE', selector('{{ .PodMeta.Name }}'))).toHaveLength(1);
  expect(found('SPIRE-ID-TEMPLATE', selector('{{ .PodMeta.Annotations.selector }}'))).toEqual([]);
});

test('a configuration of the controller manager fails with another kind', () => {
  expect(found('SPIRE-MANAGER-VALUE', spire.replace('kind: ControllerManagerConfig', 'kind: ManagerConfig'))).toEqual(['kind "ManagerConfig" is not registered: write ControllerManagerConfig']);
});
