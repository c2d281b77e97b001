import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Engine, Input } from '../src/checks/engine';
import { RULES } from '../src/checks/rules';

/**
 * What one process measured.
 */
export interface CheckMeasurement {
  readonly objects: number;
  /** Processor time to read the texts once with the package `yaml`. */
  readonly reading: number;
  /** Processor time to read and check them. */
  readonly checking: number;
}

const MANIFESTS = 10_000;

/** What one service has in a mesh: six objects. */
const service = (name: string, namespace: string, caller: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}, labels: {app: ${name}}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, spiffe.io/spire-managed-identity: "true"}}
    spec:
      serviceAccountName: ${name}
      containers:
      - name: main
        image: registry.example.org/${name}:1.2.3
        ports: [{containerPort: 8080}]
        securityContext: {runAsNonRoot: true}
        resources: {requests: {cpu: 10m}}
        readinessProbe: {httpGet: {port: 8080, path: /}}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: ${name}, namespace: ${namespace}}
---
apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: ${name}}
spec:
  className: spire
  spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}"
  podSelector: {matchLabels: {app: ${name}}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  rules: [{from: [{source: {principals: [example.org/ns/${namespace}/sa/${caller}]}}]}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}, namespace: ${namespace}}
spec: {host: ${name}, trafficPolicy: {connectionPool: {tcp: {maxConnections: 10}}}}
`;

function fleet(count: number): Input[] {
  return Array.from({ length: count }, (_, cluster) => {
    const spire = ['spire.yaml', 'mesh.yaml'].map(name => ({ file: `${cluster}/${name}`, text: readFileSync(join(fixtures, name), 'utf8') }));
    const services = Array.from({ length: Math.ceil(MANIFESTS / count / 6) }, (__, i) => ({
      file: `${cluster}/service-${i}.yaml`, text: service(`service-${i}`, `team-${i % 50}`, `service-${i + 50}`),
    }));
    return [...spire, ...services];
  }).flat();
}

/** The better of two runs: the first one also compiles. */
function milliseconds(work: () => void): number {
  return Math.min(...[0, 1].map(() => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }));
}

// one process: reads and checks the manifests of some clusters
const [clusters, fixtures] = process.argv.slice(2);
const texts = fleet(Number(clusters));
const reading = milliseconds(() => texts.forEach(({ text }) => parseAllDocuments(text).map(document => document.toJS())));
let objects = 0;
const checking = milliseconds(() => {
  const engine = new Engine();
  texts.forEach(text => engine.add(text));
  ({ objects } = engine.run(RULES));
});
const measurement: CheckMeasurement = { objects, reading, checking };
console.log(JSON.stringify(measurement));
