import { agentPod, serverPod } from './plugins/pods';
import { FileRef, SecretRef } from '../../../src';

test('keys of one Secret share a volume that has nothing else of it', () => {
  const pod = serverPod();
  expect(pod.file(FileRef.secret(SecretRef.of('up'), 'tls.key'), '')).toBe('/run/spire/server/files/secrets/up/tls.key');
  expect(pod.file(FileRef.secret(SecretRef.of('up'), 'tls.crt'), '')).toBe('/run/spire/server/files/secrets/up/tls.crt');
  expect(JSON.parse(JSON.stringify(pod.volumes))).toEqual([
    { name: 'secret-up', secret: { secretName: 'up', defaultMode: 288, items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }] } },
  ]);
  expect(pod.volumeMounts).toEqual([{ name: 'secret-up', mountPath: '/run/spire/server/files/secrets/up', readOnly: true }]);
});

test('Secrets whose names differ in a dot only have volumes of their own', () => {
  const pod = serverPod();
  pod.file(FileRef.secret(SecretRef.of('a.b'), 'k'), '');
  pod.file(FileRef.secret(SecretRef.of('a-b'), 'k'), '');
  expect(pod.volumes.map((volume) => volume.name)).toEqual(['secret-a-b', 'secret-a-b-2']);
});

test('a text stands beside the configuration, a path is as it is', () => {
  const pod = serverPod();
  expect(pod.file(FileRef.text('{}'), 'policy.json')).toBe('/run/spire/server/config/policy.json');
  expect(pod.texts).toEqual({ 'policy.json': '{}' });
  expect(pod.file(FileRef.path('/opt/ca.crt'), '')).toBe('/opt/ca.crt');
  expect(pod.file(undefined, '')).toBeUndefined();
});

test('a file of the node is for agents only', () => {
  const pod = agentPod();
  expect(pod.file(FileRef.host('/etc/ssh/key'), '')).toBe('/etc/ssh/key');
  expect(pod.volumes).toEqual([{ name: 'host-etc-ssh-key', hostPath: { path: '/etc/ssh/key', type: 'File' } }]);
  expect(() => serverPod().file(FileRef.host('/etc/ssh/key'), '')).toThrow(
    "'/etc/ssh/key' of the node cannot be mounted into the server, whose namespace admits no host paths: use FileRef.secret(...) or FileRef.configMap(...)");
});

test('fails for a private key in a ConfigMap', () => {
  expect(() => FileRef.text('-----BEGIN PRIVATE KEY-----')).toThrow(
    'the text of the file has a private key, which must not stand in a ConfigMap: use FileRef.secret(...)');
});

test.each([
  ['an empty text', () => FileRef.text(' '), 'the text of the file is empty'],
  ['a key that is a path', () => FileRef.secret(SecretRef.of('a'), '../x'), "key '../x' is no key of a Secret or ConfigMap"],
  ['a name that is none', () => FileRef.configMap('A', 'x'), "ConfigMap name 'A' is no Kubernetes name"],
  ['a relative path', () => FileRef.path('ca.crt'), "path 'ca.crt' is not absolute"],
  ['a path upwards', () => FileRef.host('/etc/../key'), "path '/etc/../key' is not absolute"],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});
