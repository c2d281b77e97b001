import { FileRef, NodeAttestor, Spire } from '../../../../src';
import { synthPlatform } from '../../../support/synth';
import { agentPod, configured, OWN_CLUSTER } from '../plugins/pods';

const host = (name: string) => FileRef.host(`/etc/tpm/${name}`);
const cas = { devIdCa: FileRef.configMap('tpm', 'devid.crt'), endorsementCa: FileRef.configMap('tpm', 'ek.crt') };
const node = { certificate: host('crt'), privateKey: host('priv'), publicKey: host('pub') };

test('the agent gets the device, which takes a privileged container', () => {
  const pod = synthPlatform((platform) => new Spire(platform, 'spire', { parentIdTemplate: 'x', agent: { nodeAttestor: NodeAttestor.tpmDevid({ ...cas, node }) } }))
    .object('DaemonSet', 'spire-agent').spec.template.spec;
  expect(pod.containers[0].securityContext).toEqual({ runAsUser: 0, runAsGroup: 0, privileged: true, readOnlyRootFilesystem: true });
  expect(pod.volumes).toContainEqual({ name: 'tpm', hostPath: { path: '/dev/tpmrm0', type: 'CharDevice' } });
});

test('fails for agents without identity, and for a device that is none', () => {
  expect(() => configured(NodeAttestor.tpmDevid(cas)._sides().agent(OWN_CLUSTER), agentPod())).toThrow('the agents of this cluster have no device identity for tpm_devid');
  expect(() => NodeAttestor.tpmDevid({ ...cas, node: { ...node, devicePath: 'tpm0' } })).toThrow("devicePath 'tpm0' is no device: use one such as '/dev/tpmrm0'");
});
