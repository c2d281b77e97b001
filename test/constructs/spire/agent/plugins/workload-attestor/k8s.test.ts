import { FileRef, K8sWorkloadAttestorProps, KubeletVerification, SecretRef, SpireVersion, WorkloadAttestor } from '../../../../../../src';
import { agentPod, configured } from '../../../plugins/pods';

const attest = (props: K8sWorkloadAttestorProps, version = '1.15.3') => configured(WorkloadAttestor.k8s(props)._plugin(), agentPod(SpireVersion.of(version)));
const file = FileRef.configMap('a', 'b');
const key = FileRef.secret(SecretRef.of('a'), 'b');

test('each right comes with what needs it', () => {
  const resources = (props: K8sWorkloadAttestorProps) => attest(props).pod.clusterRules.flatMap((rule) => rule.resources);
  expect(resources({})).toEqual(['nodes/pods']);
  expect(resources({ enableNamespaceLabels: true })).toEqual(['nodes/pods', 'namespaces']);
  expect(resources({ apiServerCache: true })).toEqual(['nodes/pods', 'pods']);
});

test.each<[string, K8sWorkloadAttestorProps, string]>([
  ['half a client certificate', { kubeletClientCertificate: file }, 'kubeletClientCertificate and kubeletClientKey belong together'],
  ['two ways to sign in', { useAnonymousAuthentication: true, kubeletClientCertificate: file, kubeletClientKey: key }, 'exclude each other'],
  ['a key that everybody may read', { kubeletClientCertificate: file, kubeletClientKey: file }, "kubeletClientKey comes from ConfigMap 'a', but a private key must not stand in a ConfigMap"],
  ['an authority that nobody asks', { kubeletVerification: KubeletVerification.NONE, kubeletCa: file }, 'kubeletCa has no use when the kubelet is not verified'],
  ['no brokers', { brokers: [] }, 'brokers of the k8s workload attestor is empty'],
  ['a port that is none', { kubeletSecurePort: 0 }, 'kubeletSecurePort 0 is not possible'],
  ['what excludes the kubelet', { additionalData: { disable_kubelet_client: true } }, "additional key 'disable_kubelet_client' is one that this library writes"],
])('fails for %s', (_, props, message) => {
  expect(() => attest(props)).toThrow(message);
});

test('fails for labels of namespaces before 1.15.3', () => {
  expect(() => attest({ enableNamespaceLabels: true }, '1.15.2')).toThrow('enableNamespaceLabels needs SPIRE 1.15.3');
});
