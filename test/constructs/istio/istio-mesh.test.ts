import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Fixture } from './fixture';
import {
  Cluster, IstioMesh, IstioVersion, MeshNamespace, MutualTlsMode, PeerAuthentication, Platform, Stage, TrustDomain,
} from '../../../src';
import { defineNamespace } from '../../../src/constructs/namespace';
import { PodSecurityLevel } from '../../../src/constructs/pod-security';

const TRACING = { serviceHost: 'otel-collector.observability.svc.cluster.local' };

test('a mesh is namespaces, identities and mesh-wide policies, in their stages', () => {
  expect(new Fixture().stages).toEqual({
    '10-namespaces': ['Namespace istio-system', 'Namespace istio-cni'],
    '40-identities': ['ClusterSPIFFEID istio-sidecars', 'ClusterSPIFFEID istio-gateways'],
    '50-mesh': [
      'PeerAuthentication istio-system default',
      'AuthorizationPolicy istio-system default-deny',
      'Telemetry istio-system mesh-default',
    ],
  });
});

test('the mesh is strict and closed, and the control plane is restricted', () => {
  const fixture = new Fixture();
  expect(fixture.spec('PeerAuthentication', 'default')).toEqual({ mtls: { mode: 'STRICT' } });
  expect(fixture.spec('AuthorizationPolicy', 'default-deny')).toEqual({});
  const level = (name: string) => fixture.manifests.find((one) => one.kind === 'Namespace' && one.metadata.name === name)
    .metadata.labels['pod-security.kubernetes.io/enforce'];
  expect([level('istio-system'), level('istio-cni')]).toEqual(['restricted', 'privileged']);
});

test('each pod that asks for an identity is selected by exactly one ClusterSPIFFEID', () => {
  const fixture = new Fixture();
  const selector = (name: string) => fixture.spec('ClusterSPIFFEID', name).podSelector;
  const matchLabels = { 'spiffe.io/spire-managed-identity': 'true' };
  expect(selector('istio-sidecars')).toEqual({ matchLabels, matchExpressions: [{ key: 'istio', operator: 'DoesNotExist' }] });
  expect(selector('istio-gateways')).toEqual({ matchLabels, matchExpressions: [{ key: 'istio', operator: 'Exists' }] });
});

test('there is one Telemetry for metrics, access log and traces', () => {
  expect(new Fixture().spec('Telemetry', 'mesh-default')).toEqual({
    metrics: [{ providers: [{ name: 'prometheus' }] }],
    accessLogging: [{ providers: [{ name: 'access-log' }] }],
  });
  expect(new Fixture({ tracing: { ...TRACING, samplingPercentage: 5 } }).spec('Telemetry', 'mesh-default').tracing).toEqual([{
    providers: [{ name: 'otel-tracing' }],
    randomSamplingPercentage: 5,
    customTags: {
      'peer.spiffe_id': { formatter: { value: '%DOWNSTREAM_PEER_URI_SAN%' } },
      'tls.version': { formatter: { value: '%DOWNSTREAM_TLS_VERSION%' } },
    },
  }]);
});

test('a release that has no formatter tags gets none', () => {
  const tracing = new Fixture({ tracing: TRACING, version: IstioVersion.of('1.28.7') }).spec('Telemetry', 'mesh-default').tracing;
  expect(tracing).toEqual([{ providers: [{ name: 'otel-tracing' }], randomSamplingPercentage: 1 }]);
});

test('a patch of a mesh-wide object survives', () => {
  const fixture = new Fixture();
  fixture.mesh.telemetry.metadata.addLabel('team', 'platform');
  expect(fixture.manifests.find((one) => one.kind === 'Telemetry').metadata.labels.team).toBe('platform');
});

describe('enroll', () => {
  test('marks the pod template of an ApiObject, and keeps what is there', () => {
    const fixture = new Fixture();
    const deployment = fixture.deployment('web', (manifest) => manifest.spec.template.metadata.annotations = { team: 'shop' });
    const web = fixture.mesh.enroll(deployment);
    expect(deployment.toJson().spec.template.metadata).toEqual({
      labels: { 'app': 'web', 'version': 'v1', 'sidecar.istio.io/inject': 'true', 'spiffe.io/spire-managed-identity': 'true' },
      annotations: {
        'team': 'shop',
        'inject.istio.io/templates': 'sidecar,spire',
        'proxy.istio.io/config': '{"proxyMetadata":{"WORKLOAD_IDENTITY_SOCKET_FILE":"spire-agent.sock"}}',
      },
    });
    expect([web.name, web.namespace, web.principal, web.ports]).toEqual(['web', 'shop', 'example.org/ns/shop/sa/web', [8080]]);
    expect([web.podLabels, web.matchLabels]).toEqual([{ app: 'web', version: 'v1' }, { app: 'web' }]);
    expect(fixture.mesh.workloads).toEqual([web]);
  });

  test('marks the pods of a cdk8s-plus workload', () => {
    const fixture = new Fixture();
    MeshNamespace.fromName(fixture.platform, 'shop');
    const chart = new Chart(fixture.app, 'plus', { namespace: 'shop' });
    const deployment = new kplus.Deployment(chart, 'web', {
      metadata: { name: 'web' },
      podMetadata: { labels: { app: 'web' } },
      serviceAccount: new kplus.ServiceAccount(chart, 'account', { metadata: { name: 'web-account' } }),
      containers: [{ name: 'web', image: 'example.org/web:1.0.0', portNumber: 9080 }],
    });
    const web = fixture.mesh.enroll(deployment);
    const { metadata } = chart.toJson().find((one) => one.kind === 'Deployment').spec.template;
    expect(metadata.labels).toEqual({
      'app': 'web',
      'cdk8s.io/metadata.addr': web.matchLabels['cdk8s.io/metadata.addr'],
      'sidecar.istio.io/inject': 'true',
      'spiffe.io/spire-managed-identity': 'true',
    });
    expect(metadata.annotations['inject.istio.io/templates']).toBe('sidecar,spire');
    expect([web.toString(), web.principal, web.ports]).toEqual(['shop/web', 'example.org/ns/shop/sa/web-account', [9080]]);
  });

  test('takes a CronJob, a Pod and a template without metadata', () => {
    const fixture = new Fixture();
    const pod = (serviceAccountName: string) => ({ serviceAccountName, containers: [{ name: 'job', image: 'example.org/job:1' }] });
    const nightly = new ApiObject(fixture.user, 'nightly', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly', namespace: 'shop' },
      spec: { jobTemplate: { spec: { template: { metadata: { labels: { job: 'nightly' } }, spec: pod('nightly') } } } },
    });
    const single = new ApiObject(fixture.user, 'single', {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'single', namespace: 'shop', labels: { app: 'single' } }, spec: pod('single'),
    });
    expect(fixture.mesh.enroll(nightly).matchLabels).toEqual({ job: 'nightly' });
    expect(fixture.mesh.enroll(single).ports).toEqual([]);
    const label = 'spiffe.io/spire-managed-identity';
    expect(nightly.toJson().spec.jobTemplate.spec.template.metadata.labels[label]).toBe('true');
    expect(single.toJson().metadata.labels[label]).toBe('true');
  });

  test('does not ask a proxy to fail closed when the socket has the name on which it falls back', () => {
    const fixture = new Fixture({ socketFile: 'socket' });
    const deployment = fixture.deployment('web');
    fixture.mesh.enroll(deployment);
    expect(deployment.toJson().spec.template.metadata.annotations).toEqual({ 'inject.istio.io/templates': 'sidecar,spire' });
  });

  test('adds settings of the proxy to the name of the socket', () => {
    const fixture = new Fixture();
    const deployment = fixture.deployment('web');
    fixture.mesh.enroll(deployment, { proxyConfig: { concurrency: 2, proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } });
    expect(JSON.parse(deployment.toJson().spec.template.metadata.annotations['proxy.istio.io/config'])).toEqual({
      concurrency: 2, proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true', WORKLOAD_IDENTITY_SOCKET_FILE: 'spire-agent.sock' },
    });
  });

  test.each<[string, (manifest: any) => void, string]>([
    ['no namespace', (one) => delete one.metadata.namespace, "Deployment 'web' is in no namespace: give it a namespace of its own"],
    ['the default namespace', (one) => one.metadata.namespace = 'default', "Deployment 'web' is in namespace 'default': give it a namespace of its own"],
    ['no service account', (one) => delete one.spec.template.spec.serviceAccountName, "Deployment 'web' runs as no service account of its own"],
    ['the default service account', (one) => one.spec.template.spec.serviceAccountName = 'default', "runs as service account 'default'"],
    ['the network of the host', (one) => one.spec.template.spec.hostNetwork = true, "Deployment 'web' uses the network of the host"],
    ['a proxy already', (one) => one.spec.template.spec.containers.push({ name: 'istio-proxy' }), "names a container 'istio-proxy' already"],
    ['a native proxy already', (one) => one.spec.template.spec.initContainers = [{ name: 'istio-proxy' }], "names a container 'istio-proxy' already"],
    ['templates already', (one) => one.spec.template.metadata.annotations = { 'inject.istio.io/templates': 'sidecar' },
      "has the annotation 'inject.istio.io/templates' already: remove it"],
    ['injection switched off', (one) => one.spec.template.metadata.labels['sidecar.istio.io/inject'] = 'false', 'switches injection off'],
    ['a port of its proxy', (one) => one.spec.template.spec.containers[0].ports = [{ containerPort: 15001 }],
      "Deployment 'web' has port 15001, at which its proxy listens: give the application another port than 15000, 15001, 15004, 15006, 15020, 15090, 15021"],
    ['no pod labels', (one) => delete one.spec.template.metadata, "Deployment 'web' has no pod labels"],
    ['no pod template', (one) => delete one.spec.template, "has no pod template at 'spec.template'"],
  ])('fails for %s', (_, change, message) => {
    const fixture = new Fixture();
    expect(() => fixture.mesh.enroll(fixture.deployment('web', change))).toThrow(message);
  });

  test('fails for an object without pods, and for what is no object', () => {
    const fixture = new Fixture();
    const service = new ApiObject(fixture.user, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } });
    expect(() => fixture.mesh.enroll(service)).toThrow("Service 'web' has no pods that can be enrolled: give one of CronJob, DaemonSet, Deployment");
    expect(() => fixture.mesh.enroll({} as any)).toThrow('what is enrolled is an object of class Object, which is no workload');
  });

  test('fails for a second workload with the same service account', () => {
    const fixture = new Fixture();
    fixture.mesh.enroll(fixture.deployment('web'));
    expect(() => fixture.mesh.enroll(fixture.deployment('api', (one) => one.spec.template.spec.serviceAccountName = 'web')))
      .toThrow("Deployment 'api' runs as service account 'web', as 'web' does: policies could not tell them apart, "
        + 'give each workload a service account of its own');
  });

  test('takes the same service account name in another namespace', () => {
    const fixture = new Fixture();
    fixture.mesh.enroll(fixture.deployment('web'));
    const other = fixture.deployment('other', (one) => {
      one.metadata.namespace = 'billing';
      one.spec.template.spec.serviceAccountName = 'web';
    });
    expect(fixture.mesh.enroll(other).principal).toBe('example.org/ns/billing/sa/web');
  });

  test.each([['the wide one first', ['wide', 'narrow']], ['the narrow one first', ['narrow', 'wide']]])(
    'fails when a selector takes the pods of another workload, %s', (_, order) => {
      const fixture = new Fixture();
      const labels: { [name: string]: any } = { wide: { app: 'shop' }, narrow: { app: 'shop', version: 'v2' } };
      const [first, second] = order.map((name) => fixture.deployment(name, (one) => {
        one.spec.selector.matchLabels = labels[name];
        one.spec.template.metadata.labels = labels[name];
      }));
      fixture.mesh.enroll(first);
      expect(() => fixture.mesh.enroll(second))
        .toThrow("the labels that select the pods of 'shop/wide' also select those of 'shop/narrow': a policy for one would hold for both, "
          + "add a label to 'wide' that 'narrow' does not have");
    });

  test('fails for unknown settings of the proxy', () => {
    const fixture = new Fixture();
    expect(() => fixture.mesh.enroll(fixture.deployment('web'), { proxyConfig: { holdApplicationUntilProxyStart: true } }))
      .toThrow("proxyConfig has 'holdApplicationUntilProxyStart', which Istio does not know and would ignore: correct or remove it");
  });

  test('fails for a workload of another cluster', () => {
    const fixture = new Fixture();
    const other = new Platform(fixture.app, 'other', { cluster: Cluster.of({ name: 'other', trustDomain: TrustDomain.of('other.org') }) });
    const deployment = new ApiObject(other.chart(Stage.APPS, 'web'), 'web', fixture.deployment('web').toJson());
    expect(() => fixture.mesh.enroll(deployment)).toThrow("is enrolled in the mesh of 'prod', another cluster");
  });
});

describe('the complete platform', () => {
  test('passes when namespaces have injection, whenever they are defined, and when they are imported', () => {
    const fixture = new Fixture();
    fixture.mesh.enroll(fixture.deployment('web'));
    new MeshNamespace(fixture.platform, 'shop');
    expect(fixture.mesh.node.validate()).toEqual([]);
    const other = new Fixture();
    other.mesh.enroll(other.deployment('web'));
    MeshNamespace.fromName(other.platform, 'shop');
    expect(other.mesh.node.validate()).toEqual([]);
  });

  test('fails for a workload in a namespace that nothing defines, and for a policy in one', () => {
    const fixture = new Fixture();
    fixture.mesh.enroll(fixture.deployment('web'));
    new PeerAuthentication(fixture.platform, 'strict', { mesh: fixture.mesh, namespace: 'shp', mode: MutualTlsMode.STRICT });
    const fix = "which nothing in cluster 'prod' defines: define it as a MeshNamespace, import it with MeshNamespace.fromName, or correct the name";
    expect(fixture.mesh.node.validate()).toEqual([
      `PeerAuthentication 'strict' is in namespace 'shp', ${fix}`,
      `workload 'web' is in namespace 'shop', ${fix}`,
    ]);
  });

  test('fails to enroll in a namespace that is defined without injection, where it is written', () => {
    const fixture = new Fixture();
    defineNamespace(fixture.platform, { name: 'shop', podSecurity: PodSecurityLevel.RESTRICTED });
    expect(() => fixture.mesh.enroll(fixture.deployment('web')))
      .toThrow("namespace 'shop' of Deployment 'web' has no injection: define it as a MeshNamespace, or give it the label 'istio-injection: enabled'");
  });

  test('fails when the namespace of a workload has no injection', () => {
    const fixture = new Fixture();
    fixture.mesh.enroll(fixture.deployment('web'));
    const shop = new ApiObject(fixture.platform.chart(Stage.NAMESPACES, 'own'), 'shop', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    expect(fixture.mesh.node.validate()).toEqual([
      "namespace 'shop' of enrolled workload 'web' has no injection: define it as a MeshNamespace, or give it the label 'istio-injection: enabled'",
    ]);
    shop.metadata.addLabel('istio-injection', 'enabled');
    expect(fixture.mesh.node.validate()).toEqual([]);
  });

  test('fails when a provider is named that the mesh does not define', () => {
    const fixture = new Fixture();
    new ApiObject(fixture.platform.chart(Stage.POLICIES, 'own'), 'telemetry', {
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: { name: 'shop', namespace: 'shop' },
      spec: { tracing: [{ providers: [{ name: 'jaeger' }] }], metrics: [{ providers: [{ name: 'prometheus' }] }] },
    });
    expect(fixture.mesh.node.validate()).toEqual([
      "Telemetry 'shop' names provider 'jaeger', which the mesh does not define: use one of envoy, prometheus, stackdriver, access-log, "
      + 'or add it to additionalMeshConfig.extensionProviders',
    ]);
  });
});

test('fails for a second mesh in a cluster', () => {
  const fixture = new Fixture();
  expect(() => new IstioMesh(fixture.platform, 'second', { spire: fixture.spire })).toThrow("'second' is a second mesh in cluster 'prod', beside 'mesh'");
});

test('fails for the SPIRE of another cluster', () => {
  const fixture = new Fixture();
  const other = new Platform(fixture.app, 'other', { cluster: Cluster.of({ name: 'other', trustDomain: TrustDomain.of('example.org') }) });
  expect(() => new IstioMesh(other, 'mesh', { spire: fixture.spire })).toThrow("mesh 'other/mesh' is in cluster 'other', its SPIRE in 'prod'");
});
