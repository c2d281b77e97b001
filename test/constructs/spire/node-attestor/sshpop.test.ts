import { NodeAttestor } from '../../../../src';
import { agentPod, configured, OWN_CLUSTER } from '../plugins/pods';

test('the key of the node is mounted from where OpenSSH has it', () => {
  const { pod } = configured(NodeAttestor.sshpop({ certAuthorities: ['ssh-ed25519 A'] })._sides().agent(OWN_CLUSTER), agentPod());
  expect(pod.volumeMounts.map((mount) => mount.mountPath)).toEqual(['/etc/ssh/ssh_host_rsa_key', '/etc/ssh/ssh_host_rsa_key-cert.pub']);
});

test('fails without a certificate authority', () => {
  expect(() => NodeAttestor.sshpop({ certAuthorities: [] })).toThrow('sshpop has no certificate authority: give certAuthorities or certAuthoritiesFile');
});
