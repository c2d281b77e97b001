import { CredentialComposer, PluginProgram, SecretRef, Spire } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const pod = (program: PluginProgram) => synthPlatform((platform) => new Spire(platform, 'spire', {
  server: { credentialComposers: [CredentialComposer.custom({ name: 'cel', program })] },
}));

test('a program comes out of its image, with its environment, and is checked', () => {
  const output = pod(PluginProgram.of({
    path: '/run/spire/plugins/cel',
    args: ['-a'],
    checksum: 'b'.repeat(64),
    environment: { MODE: 'x' },
    secretEnvironment: SecretRef.of('cel'),
    image: 'registry.example.org/cel:1',
    imageCommand: ['cp', '/cel', '/run/spire/plugins/cel'],
  }));
  const { containers: [server], initContainers, volumes } = output.object('StatefulSet', 'spire-server').spec.template.spec;
  expect(output.object('ConfigMap', 'spire-server').data['server.conf']).toContain(
    `plugin_cmd = "/run/spire/plugins/cel"\n    plugin_checksum = "${'b'.repeat(64)}"\n    plugin_args = ["-a"]`);
  expect(initContainers).toMatchObject([{
    name: 'plugin-cel',
    image: 'registry.example.org/cel:1',
    command: ['cp', '/cel', '/run/spire/plugins/cel'],
    securityContext: { allowPrivilegeEscalation: false },
    volumeMounts: [{ name: 'plugin-cel', mountPath: '/run/spire/plugins' }],
  }]);
  expect(volumes).toContainEqual({ name: 'plugin-cel', emptyDir: {} });
  expect(server.volumeMounts).toContainEqual({ name: 'plugin-cel', mountPath: '/run/spire/plugins', readOnly: true });
  expect([server.env, server.envFrom]).toEqual([[{ name: 'MODE', value: 'x' }], [{ secretRef: { name: 'cel' } }]]);
});

test.each([
  [{ path: 'cel' }, "plugin program 'cel' is no absolute path below a directory"],
  [{ path: '/a/b', checksum: 'x' }, "plugin checksum 'x' is no SHA-256: give 64 hexadecimal digits in lower case, as sha256sum prints them"],
  [{ path: '/a/b', environment: { 'a-b': 'x' } }, "environment variable name 'a-b' is not valid"],
  [{ path: '/a/b', imageCommand: ['cp'] }, "imageCommand has no image to run in: give 'image' too"],
])('fails for %j', (props, message) => {
  expect(() => PluginProgram.of(props)).toThrow(message);
});
