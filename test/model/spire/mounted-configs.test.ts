import { System } from '../../../src/model/system';
import { systemOf } from '../system-of';

const CONTAINER = 'name: main, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /etc/spire/server.conf], volumeMounts: [{name: config, mountPath: /etc/spire}]';
const VOLUME = 'name: config, configMap: {name: spire}';

function mounting(text: string, container = CONTAINER, volume = VOLUME): System {
  const manifests = `apiVersion: v1
kind: ConfigMap
metadata: {name: spire, namespace: spire}
data: {server.conf: ${JSON.stringify(text)}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: spire-server, namespace: spire}
spec: {template: {spec: {containers: [{${container}}], volumes: [{${volume}}]}}}
`;
  return systemOf(manifests);
}

test.each(['# nothing yet', 'server:\n  trust_domain: example.org\n', ''])('a program reads what it is given: %j', text => {
  expect(mounting(text).servers.map(({ problems }) => problems.refused)).toEqual([true]);
});

test('a server that is given the configuration of an agent is a server', () => {
  const system = mounting('agent { trust_domain = "example.org" }');
  expect(system.agents).toEqual([]);
  expect(system.servers[0].problems.list.map(({ message }) => message)).toContain('unknown key "agent" in the file');
});

test.each([
  ['by a sub-path', CONTAINER.replace('mountPath: /etc/spire', 'mountPath: /etc/spire/server.conf, subPath: server.conf'), VOLUME],
  ['under another name', CONTAINER.replace('server.conf]', 'other.conf]'), 'name: config, configMap: {name: spire, items: [{key: server.conf, path: other.conf}]}'],
  ['in a projected volume', CONTAINER, 'name: config, projected: {sources: [{configMap: {name: spire}}]}'],
  ['without -config', CONTAINER.replace('[-config, /etc/spire/server.conf]', '[]').replace('/etc/spire', '/opt/spire/conf/server'), VOLUME],
])('it is found where it is mounted %s', (_, container, volume) => {
  expect(mounting('#', container, volume).servers).toHaveLength(1);
});

test.each([
  ['another file is read', CONTAINER.replace('server.conf]', 'else.conf]'), VOLUME],
  ['another ConfigMap is mounted', CONTAINER, VOLUME.replace('{name: spire}', '{name: other}')],
  ['another program reads it', CONTAINER.replace('spiffe/spire-server', 'acme/server'), VOLUME],
])('a text is none where %s', (_, container, volume) => {
  expect(mounting('#', container, volume).servers).toHaveLength(0);
});
