import { AgentKeyManager, Spire } from '../../../../../src';
import { synthPlatform } from '../../../../support/synth';

const volumes = (keyManager?: AgentKeyManager) => synthPlatform((platform) => new Spire(platform, 'spire', { agent: { keyManager } }))
  .object('DaemonSet', 'spire-agent').spec.template.spec.volumes;

test('keys on disk outlive the pod', () => {
  expect(volumes()).toContainEqual({ name: 'agent-data', emptyDir: {} });
  expect(volumes(AgentKeyManager.disk('/var/lib/x'))).toContainEqual({ name: 'agent-data', hostPath: { path: '/var/lib/x', type: 'DirectoryOrCreate' } });
});

test('fails for a directory that is none', () => {
  expect(() => AgentKeyManager.disk('keys')).toThrow("path 'keys' is not absolute");
});
