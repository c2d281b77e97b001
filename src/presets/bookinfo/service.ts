import { ApiObject, Chart } from 'cdk8s';
import { labels } from '../../constructs/labels';
import { restrictedPodSecurity, RESTRICTED_CONTAINER } from '../../constructs/pod-security';
import { defineServiceAccount } from '../../constructs/rbac';

/**
 * The port on which each service of Bookinfo listens.
 */
export const BOOKINFO_PORT = 9080;

/**
 * What the product page shows to people: its server answers `/metrics` and `/health` too, which are not for everybody.
 */
export const PRODUCT_PAGES = ['/productpage', '/static/*', '/logout', '/api/v1/products', '/api/v1/products/*'];

const IMAGE_TAG = '1.20.3';

/**
 * One version of a service of Bookinfo.
 */
export interface BookinfoVersion {
  readonly service: string;
  readonly version: string;
  readonly namespace: string;
  readonly user: number;
  readonly readOnlyRootFilesystem: boolean;
  readonly memory: string;
  readonly env?: { readonly [name: string]: string };
}

/**
 * The name of one version of a service: of its Deployment and of its service account.
 */
export function versionName(version: { readonly service: string; readonly version: string }): string {
  return `${version.service}-${version.version}`;
}

/**
 * Defines the Deployment of one version, with a service account of its own, so that policies can tell versions apart.
 */
export function defineVersion(chart: Chart, version: BookinfoVersion): ApiObject {
  const name = versionName(version);
  const podLabels = { app: version.service, version: version.version };
  defineServiceAccount(chart, name, version.namespace);
  return new ApiObject(chart, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: version.namespace, labels: { ...labels(name, version.namespace), ...podLabels } },
    spec: {
      replicas: 1,
      selector: { matchLabels: podLabels },
      template: {
        metadata: { labels: { ...labels(name, version.namespace), ...podLabels } },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          securityContext: restrictedPodSecurity(version.user),
          containers: [container(version)],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  });
}

/**
 * Defines the Service over all versions of a service.
 */
export function defineService(chart: Chart, service: string, namespace: string): ApiObject {
  return new ApiObject(chart, `service-${service}`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: service, namespace, labels: { ...labels(service, namespace), app: service } },
    spec: {
      type: 'ClusterIP',
      selector: { app: service },
      ports: [{ name: 'http', port: BOOKINFO_PORT, targetPort: 'http', protocol: 'TCP' }],
    },
  });
}

function container(version: BookinfoVersion) {
  const health = { httpGet: { path: '/health', port: 'http' } };
  const env = Object.entries(version.env ?? {}).map(([name, value]) => ({ name, value }));
  return {
    name: version.service,
    image: `registry.istio.io/release/examples-bookinfo-${version.service}-${version.version}:${IMAGE_TAG}`,
    ports: [{ name: 'http', containerPort: BOOKINFO_PORT, protocol: 'TCP' }],
    ...(env.length > 0 ? { env } : {}),
    startupProbe: { ...health, periodSeconds: 2, failureThreshold: 60 },
    livenessProbe: { ...health, periodSeconds: 20, timeoutSeconds: 3 },
    readinessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 3 },
    resources: { requests: { cpu: '50m', memory: version.memory }, limits: { memory: version.memory } },
    securityContext: { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: version.readOnlyRootFilesystem },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}
