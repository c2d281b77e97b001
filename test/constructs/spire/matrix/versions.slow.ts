import { ALL_CASES } from './all-cases';
import { OutputChecks, Spire, SpireVersion } from '../../../../src';
import { PluginPod } from '../../../../src/constructs/spire/plugins/plugin-pod';
import { CLUSTER, synthPlatform } from '../../../support/synth';

/**
 * What a release brought, as SPIRE's changelog tells it. The oldest release that the library writes for is 1.13.0.
 */
const SINCE: { readonly [what: string]: string } = {
  'AgentBundle.workloadApi': '1.15.3',
  'BundlePublisher.azureBlob': '1.15.3',
  'KeyManager.hashicorpVault': '1.15.0',
  'NodeAttestor.azureImds': '1.14.0',
  'Podman of the docker workload attestor': '1.15.0',
  'PrometheusTls.certificate': '1.15.0',
  'PrometheusTls.svid': '1.15.2',
  'WorkloadAttestor.slurm': '1.15.3',
  'accountList of awsIid': '1.15.3',
  'agentSpiffeIdAsSelector': '1.15.0',
  'apiServerCache and brokers of the k8s workload attestor': '1.15.2',
  'broker of the agent': '1.15.2',
  'disableJwtSvids': '1.14.0',
  'disableSdsApi': '1.15.3',
  'disableWorkloadApi': '1.15.3',
  'eksClusterNames of awsIid': '1.13.1',
  'enableNamespaceLabels': '1.15.3',
  'joinToken': '1.13.3',
  'keyTags of aws_kms': '1.14.0',
  'logSelectors': '1.15.2',
  'maxAttestedNodeInfoStaleness': '1.13.1',
  'proxyProtocolTrustedCidrs': '1.15.0',
  'pruneAttestedNodesBatchSize': '1.15.2',
  'rateLimit of the agent': '1.15.2',
  'rebootstrapMode': '1.13.0',
  'refreshHint of a bundle publisher': '1.13.1',
  'sigstore': '1.15.0',
  'spiffeEndpointSocket of x509pop': '1.15.0',
  'tagBasedKeyDiscovery of aws_kms': '1.15.2',
  'usePodUidForAgentId of k8sPsat': '1.15.3',
  'verifyClientIp of x509pop': '1.15.2',
  'witKeyType and witIssuer': '1.15.0',
  "workloadX509SvidKeyType 'ec-p384'": '1.14.0',
};

/**
 * What the cases ask of the release.
 */
function askedFor(): Map<string, string> {
  const asked = new Map<string, string>();
  const spy = jest.spyOn(PluginPod.prototype, 'requireVersion').mockImplementation((what, since) => void asked.set(what, since));
  try {
    ALL_CASES.forEach((each) => synthPlatform((platform) => new Spire(platform, 'spire', each.props), CLUSTER, OutputChecks.OFF));
  } finally {
    spy.mockRestore();
  }
  return asked;
}

test('each property that a release brought is bound to that release, and in a case', () => {
  expect(Object.fromEntries([...askedFor()].sort())).toEqual(SINCE);
});

test.each(ALL_CASES.map((each): [string, typeof each] => [each.name, each]))('%s is written for 1.13.0, or refused with the release that brought it', (_, each) => {
  const version = SpireVersion.of('1.13.0');
  const make = () => synthPlatform((platform) => new Spire(platform, 'spire', { ...each.props, version }), CLUSTER, OutputChecks.OFF);
  let refusal: string | undefined;
  try {
    expect(make().object('StatefulSet', 'spire-server').spec.template.spec.containers[0].image).toBe('ghcr.io/spiffe/spire-server:1.13.0');
  } catch (error) {
    refusal = (error as Error).message;
  }
  const [, what, since] = /^(.*) needs SPIRE (\S+), this is 1\.13\.0: raise the version, or leave it out$/.exec(refusal ?? '') ?? [];
  expect(refusal === undefined || SINCE[what] === since ? undefined : refusal).toBeUndefined();
});

test('agents follow the server: the image of each is that of its release', () => {
  const output = synthPlatform((platform) => new Spire(platform, 'spire', { agentVersion: SpireVersion.of('1.14.7') }));
  const images = [['StatefulSet', 'spire-server'], ['DaemonSet', 'spire-agent']].map(([kind, name]) => output.object(kind, name).spec.template.spec.containers[0].image);
  expect(images).toEqual(['ghcr.io/spiffe/spire-server:1.15.3', 'ghcr.io/spiffe/spire-agent:1.14.7']);
});

test.each([
  ['newer than the server', '1.14.7', '1.15.3', 'agents of SPIRE 1.15.3 are newer than the server (1.14.7): upgrade the server first'],
  ['newer than the server by a patch', '1.15.2', '1.15.3', 'agents of SPIRE 1.15.3 are newer than the server (1.15.2): upgrade the server first'],
  ['more than one minor release behind', '1.15.3', '1.13.3', 'agents of SPIRE 1.13.3 are more than one minor release older than the server (1.15.3): upgrade the agents in between'],
])('fails for agents %s', (_, version, agentVersion, message) => {
  expect(() => synthPlatform((platform) => new Spire(platform, 'spire', { version: SpireVersion.of(version), agentVersion: SpireVersion.of(agentVersion) }))).toThrow(message);
});
