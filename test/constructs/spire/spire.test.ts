import { App, Duration } from 'cdk8s';
import { Cluster, Platform, Spire, TrustDomain } from '../../../src';
import { strictErrors } from '../../support/strict-schema';
import { CLUSTER, synthPlatform } from '../../support/synth';

const output = synthPlatform((platform) => new Spire(platform, 'spire'));

test('each part is in the stage where it belongs', () => {
  expect(Object.fromEntries(Object.entries(output.objects).map(([path, objects]) => [path, objects.length]))).toEqual({
    'prod/00-crds/spire-crds.k8s.yaml': 3,
    'prod/10-namespaces/namespaces.k8s.yaml': 2,
    'prod/20-spire-server/spire-controller-manager.k8s.yaml': 5,
    'prod/20-spire-server/spire-server-network.k8s.yaml': 2,
    'prod/20-spire-server/spire-server-rbac.k8s.yaml': 4,
    'prod/20-spire-server/spire-server.k8s.yaml': 4,
    'prod/30-spire-agent/spiffe-csi-driver.k8s.yaml': 3,
    'prod/30-spire-agent/spire-agent-network.k8s.yaml': 2,
    'prod/30-spire-agent/spire-agent.k8s.yaml': 5,
  });
});

test('the waves of Argo CD are those of the stages', () => {
  const waves = Object.entries(output.objects).flatMap(([path, objects]) =>
    objects.map((object) => `${path.split('/')[1]} ${object.metadata.annotations['argocd.argoproj.io/sync-wave']}`));
  expect([...new Set(waves)]).toEqual(['00-crds -10', '10-namespaces -8', '20-spire-server -5', '30-spire-agent -3']);
});

test('the server is in a restricted namespace, what needs the node in a privileged one', () => {
  const level = (name: string) => output.object('Namespace', name).metadata.labels['pod-security.kubernetes.io/enforce'];
  expect([level('spire-server'), level('spire-system')]).toEqual(['restricted', 'privileged']);
  expect(output.object('StatefulSet', 'spire-server').metadata.namespace).toBe('spire-server');
  expect(output.ofKind('DaemonSet').map((one) => one.metadata.namespace)).toEqual(['spire-system', 'spire-system']);
});

test('images are pinned', () => {
  const images = [...output.ofKind('StatefulSet'), ...output.ofKind('DaemonSet')]
    .flatMap((one) => one.spec.template.spec.containers).map((container: any) => container.image).sort();
  expect(images).toEqual([
    'ghcr.io/spiffe/spiffe-csi-driver:0.2.12',
    'ghcr.io/spiffe/spire-agent:1.15.3',
    'ghcr.io/spiffe/spire-controller-manager:0.6.6',
    'ghcr.io/spiffe/spire-server:1.15.3',
    'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.15.0',
  ]);
});

test('critical pods have priority classes that every cluster has', () => {
  expect(output.object('StatefulSet', 'spire-server').spec.template.spec.priorityClassName).toBe('system-cluster-critical');
  expect(output.ofKind('DaemonSet').map((one) => one.spec.template.spec.priorityClassName)).toEqual(['system-node-critical', 'system-node-critical']);
});

test('the cluster and the CA TTL are there for other constructs', () => {
  const platform = new Platform(new App(), 'prod', { cluster: CLUSTER });
  const spire = new Spire(platform, 'spire', { server: { caTtl: Duration.days(3) } });
  expect(spire.cluster).toBe(CLUSTER);
  expect(spire.caTtl.toHours()).toBe(72);
});

test('a plain cdk8s app takes the construct', () => {
  const app = new App();
  new Spire(new Platform(app, 'prod', { cluster: CLUSTER }), 'spire');
  expect(app.charts.flatMap((chart) => chart.toJson()).length).toBe(output.allObjects.length);
});

test('another DNS domain of services reaches agents and controller manager', () => {
  const cluster = Cluster.of({ name: 'prod', trustDomain: TrustDomain.of('example.org'), clusterDomain: 'k8s.example.org' });
  const own = synthPlatform((platform) => new Spire(platform, 'spire'), cluster);
  expect(own.object('ConfigMap', 'spire-agent').data['agent.conf']).toContain('server_address = "spire-server.spire-server.svc.k8s.example.org"');
  expect(own.object('ConfigMap', 'spire-controller-manager').data['config.yaml']).toContain('clusterDomain: k8s.example.org');
  expect(strictErrors(own.allObjects)).toEqual([]);
});

test('the roll-out has a check for each stage', () => {
  const page = output.files['prod/artifacts/VERIFY.md'];
  for (const command of ['rollout status statefulset/spire-server', 'spire-server healthcheck', 'rollout status daemonset/spire-agent', 'agent list']) {
    expect(page).toContain(command);
  }
});

test('fails outside of a platform', () => {
  expect(() => new Spire(new App(), 'spire')).toThrow(
    "'spire' is not defined in a Platform: define it in one, as in new Platform(app, 'prod', { cluster })");
});
