import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { deployment } from './deployment';
import type { Input } from '../src/checks/engine';

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

/**
 * So many Deployments of about 115 lines, one a file.
 */
export function* deployments(count: number): Generator<Input> {
  for (let i = 0; i < count; i++) yield { file: `deployment-${i}.yaml`, text: stringify(deployment(i)) };
}

/**
 * The files of some clusters, one after the other, each with SPIRE, a mesh and its share of about so many manifests.
 *
 * @param fixtures the folder of SPIRE's and Istio's manifests
 */
export function* texts(clusters: number, manifests: number, fixtures: string): Generator<Input> {
  const spire = ['spire.yaml', 'mesh.yaml'].map(name => ({ name, text: readFileSync(join(fixtures, name), 'utf8') }));
  for (let cluster = 0; cluster < clusters; cluster++) {
    for (const { name, text } of spire) yield { file: `${cluster}/${name}`, text };
    for (let i = 0; i < manifests / clusters / 6; i++) {
      yield { file: `${cluster}/service-${i}.yaml`, text: service(`service-${i}`, `team-${i % 50}`, `service-${i + 50}`) };
    }
  }
}
