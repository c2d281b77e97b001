import { FileRef, NodeAttestor, SecretRef, Spire, SpireVersion } from '../../../../src';
import { synthPlatform } from '../../../support/synth';
import { agentPod, configured, OWN_CLUSTER, serverPod } from '../plugins/pods';

const kubeConfig = FileRef.secret(SecretRef.of('kube'), 'edge');
const remote = (serviceAccounts: string[], clusterName = 'edge') => NodeAttestor.k8sPsat({ remoteClusters: [{ clusterName, kubeConfig, serviceAccounts }] });

test('the audience of the server is the one of the token that the agent\'s pod gets', () => {
  const output = synthPlatform((platform) => new Spire(platform, 'spire', { agent: { nodeAttestor: NodeAttestor.k8sPsat({ audience: 'prod' }) } }));
  expect(output.object('ConfigMap', 'spire-server').data['server.conf']).toContain('audience = ["prod"]');
  const token = output.object('DaemonSet', 'spire-agent').spec.template.spec.volumes.find((volume: any) => volume.name === 'agent-token');
  expect(token.projected.sources[0].serviceAccountToken.audience).toBe('prod');
});

test('the server may review tokens and see pods and nodes, the agent needs nothing', () => {
  const sides = NodeAttestor.k8sPsat()._sides();
  expect(configured(sides.server(OWN_CLUSTER)).pod.clusterRules).toEqual([
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get'] },
  ]);
  expect(configured(sides.agent(OWN_CLUSTER), agentPod()).pod.clusterRules).toEqual([]);
});

test.each([
  ['a service account without namespace', () => remote(['spire-agent']),
    "service account 'spire-agent' has no namespace, so no agent could ever attest: write it as 'spire-system:spire-agent'"],
  ['a cluster without service accounts', () => remote([]), "serviceAccounts of cluster 'edge' is empty: give at least one"],
  ['an empty audience', () => NodeAttestor.k8sPsat({ audience: '' }), 'audience is empty'],
  ['the own cluster as another one', () => configured(remote(['a:b'], 'prod')._sides().server(OWN_CLUSTER)), "cluster 'prod' is given twice for k8s_psat"],
  ['pod UIDs before 1.15.3', () => configured(NodeAttestor.k8sPsat({ usePodUidForAgentId: true })._sides().server(OWN_CLUSTER), serverPod(SpireVersion.of('1.15.2'))),
    'usePodUidForAgentId of k8sPsat needs SPIRE 1.15.3, this is 1.15.2: raise the version, or leave it out'],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});
