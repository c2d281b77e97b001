import { ApiObject, Duration } from 'cdk8s';
import { AccessPolicy, Federation, FederationPartner, IstioMesh, MeshNamespace, OutputChecks, Platform, Spire, SpireHelmReleaseProps, Stage, TrustDomain, WorkloadApiSocket } from '../../../src';
import { synthPlatform } from '../../support/synth';

const RELEASE = { release: 'spire', namespace: 'spire-mgmt' };

function workload(platform: Platform, name: string): ApiObject {
  const chart = platform.chart(Stage.APPS, name);
  const metadata = { name, namespace: 'shop' };
  new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  return new ApiObject(chart, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          serviceAccountName: name,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            name,
            image: `example.org/${name}:1.0.0`,
            ports: [{ containerPort: 8080 }],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          }],
        },
      },
    },
  });
}

function shop(props: SpireHelmReleaseProps) {
  return synthPlatform((platform) => {
    const mesh = new IstioMesh(platform, 'mesh', { spire: Spire.fromHelmRelease(platform, 'spire', props) });
    new MeshNamespace(platform, 'shop');
    const [web, api] = ['web', 'api'].map((name) => mesh.enroll(workload(platform, name)));
    new AccessPolicy(platform, 'access', { mesh }).allow({ source: web, destination: api, port: 8080 });
  }, undefined, OutputChecks.STOP_AT_ERRORS);
}

test('a mesh on it is whole: no object of SPIRE is written but identities of its class', () => {
  const output = shop(RELEASE);
  expect(output.allObjects.map((one) => `${one.kind} ${one.metadata.name}`).filter((name) => /spire|spiffe|csi|CustomResource/i.test(name))).toEqual([
    'ClusterSPIFFEID istio-sidecars', 'ClusterSPIFFEID istio-gateways',
  ]);
  expect(output.ofKind('ClusterSPIFFEID').map((one) => one.spec.className)).toEqual(['spire-mgmt-spire', 'spire-mgmt-spire']);
  expect(output.files['prod/artifacts/istio-cni-values.yaml']).toContain('excludeNamespaces:\n  - kube-system\n  - istio-cni\n  - istio-system\n  - spire-mgmt\n');
});

test('VERIFY.md shows whether the release is as said', () => {
  const page = shop(RELEASE).files['prod/artifacts/VERIFY.md'];
  expect(page).toContain('helm get values spire --namespace spire-mgmt --output yaml');
  expect(page).toContain('    clusterName: prod\n    trustDomain: example.org\n');
  expect(page).toContain('kubectl -n spire-mgmt get configmaps');
  expect(page).toContain('className: spire-mgmt-spire');
});

test('what its values change is said', () => {
  const output = shop({
    ...RELEASE, serverNamespace: 'spire-server', agentNamespace: 'spire-system', className: 'own', caTtl: Duration.hours(48), socket: WorkloadApiSocket.of({ csiDriver: 'own.csi' }),
  });
  expect(output.ofKind('ClusterSPIFFEID')[0].spec.className).toBe('own');
  expect(output.files['prod/artifacts/istiod-values.yaml']).toContain('driver: own.csi');
  expect(output.files['prod/artifacts/VERIFY.md']).toContain('kubectl -n spire-server get configmaps');
});

test.each<[string, (platform: Platform) => unknown, string]>([
  ['a release without name', (platform) => Spire.fromHelmRelease(platform, 'spire', { namespace: 'a' } as SpireHelmReleaseProps), 'Spire.fromHelmRelease has no release: give a text'],
  ['a name that no release has', (platform) => Spire.fromHelmRelease(platform, 'spire', { ...RELEASE, release: 'My Spire' }), "release 'My Spire' is no name of a Helm release"],
  ['a namespace that is none', (platform) => Spire.fromHelmRelease(platform, 'spire', { ...RELEASE, agentNamespace: 'A' }), "agentNamespace 'A' is no name of a namespace"],
  ['a class that is none', (platform) => Spire.fromHelmRelease(platform, 'spire', { ...RELEASE, className: 'A b' }), "className 'A b' is no name"],
  ['a lifetime that is none', (platform) => Spire.fromHelmRelease(platform, 'spire', { ...RELEASE, caTtl: Duration.seconds(0) }), 'caTtl is 0s: give a duration greater than zero'],
  ['a second SPIRE', (platform) => [Spire.fromHelmRelease(platform, 'helm', RELEASE), new Spire(platform, 'spire')], "has a SPIRE already, 'prod/helm'"],
  ['a second release', (platform) => [new Spire(platform, 'spire'), Spire.fromHelmRelease(platform, 'helm', RELEASE)], "has a SPIRE already, 'prod/spire'"],
  ['a federation', (platform) => new Federation(platform, 'federation', {
    members: [{ spire: Spire.fromHelmRelease(platform, 'helm', RELEASE) }],
    partners: [FederationPartner.httpsWeb({ trustDomain: TrustDomain.of('partner.test'), bundleEndpointUrl: 'https://bundle.partner.test' })],
  }), "SPIRE of cluster 'prod' is a Helm release, whose agents' names of bundles and bundle endpoint are set by its values"],
])('fails for %s', (_, define, message) => {
  expect(() => synthPlatform(define)).toThrow(message);
});
