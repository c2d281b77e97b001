import { ApiObject } from 'cdk8s';
import { AccessEnforcer, AccessPolicy, Artifact, Cluster, GitOpsApp, IstioMesh, MeshNamespace, Platform, Spire, Stage, TrustDomain } from '../src';

/**
 * What one process measured.
 */
export interface AccessMeasurement {
  readonly statements: number;
  /** Processor time to state who may call whom, to validate it, and to write policies and report. */
  readonly milliseconds: number;
}

const STATEMENTS = 5;

function measure(size: number, layers: string[]): AccessMeasurement {
  const app = new GitOpsApp({ outdir: 'never-written' });
  const platform = new Platform(app, 'prod', { cluster: Cluster.of({ name: 'prod', trustDomain: TrustDomain.of('example.org') }) });
  const mesh = new IstioMesh(platform, 'mesh', { spire: new Spire(platform, 'spire') });
  const namespace = new MeshNamespace(platform, 'shop').name;
  const apps = platform.chart(Stage.APPS, 'apps');
  const workloads = Array.from({ length: size }, (_, index) => {
    new ApiObject(apps, `service${index}`, service(`w${index}`, namespace));
    return mesh.enroll(new ApiObject(apps, `w${index}`, deployment(`w${index}`, namespace)));
  });

  const start = process.cpuUsage();
  const access = new AccessPolicy(platform, 'access', { mesh, enforcers: layers.map((layer) => AccessEnforcer[layer as 'istio']()) });
  for (let index = 0; index < size * STATEMENTS; index++) {
    access.allow({ source: workloads[index % size], destination: workloads[(index * 7 + 1) % size], port: 8080, methods: ['GET'], paths: [`/${index}/*`] });
  }
  const errors = access.node.validate();
  if (errors.length > 0) {
    throw new Error(errors.join('\n'));
  }
  access.objects.forEach((object) => object.toJson());
  platform.node.findAll().filter(Artifact.isArtifact).forEach((artifact) => artifact.render());
  const { user, system } = process.cpuUsage(start);
  return { statements: size * STATEMENTS, milliseconds: (user + system) / 1000 };
}

function service(name: string, namespace: string) {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: name }, ports: [{ name: 'http', port: 8080 }] } };
}

function deployment(name: string, namespace: string) {
  const containers = [{ name: 'main', image: 'example.org/app:1', ports: [{ containerPort: 8080 }] }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { serviceAccountName: name, containers } } },
  };
}

// one process: the first run compiles, the second is measured
const [size, ...layers] = process.argv.slice(2);
measure(Number(size), layers);
console.log(JSON.stringify(measure(Number(size), layers)));
