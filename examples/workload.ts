import { ApiObject, Chart } from 'cdk8s';

/**
 * The container of an application, in the words of Kubernetes.
 */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly [field: string]: unknown;
}

/**
 * A Deployment as any team has one, with a service account of its own, that a namespace of level `restricted` takes.
 */
export function defineDeployment(chart: Chart, namespace: string, container: Container): ApiObject {
  const metadata = { name: container.name, namespace };
  new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
  return new ApiObject(chart, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: container.name } },
      template: {
        metadata: { labels: { app: container.name, version: '1.0.0' } },
        spec: {
          serviceAccountName: container.name,
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [{
            ...container,
            resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
            securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
          }],
        },
      },
    },
  });
}

/**
 * The Service before a Deployment of the same name.
 */
export function defineService(chart: Chart, namespace: string, name: string, port: { readonly name: string; readonly port: number }): ApiObject {
  return new ApiObject(chart, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ ...port, targetPort: port.port }] },
  });
}

/**
 * A Deployment that answers HTTP, and its Service.
 */
export function defineHttpServer(chart: Chart, namespace: string, name: string, port: number): ApiObject {
  defineService(chart, namespace, name, { name: 'http', port });
  return defineDeployment(chart, namespace, {
    name,
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
    args: ['netexec', `--http-port=${port}`],
    ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
    readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
  });
}
