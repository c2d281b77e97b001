import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { OIDC_CERTIFICATE_DIR, OIDC_CONFIG_DIR, OIDC_CONFIG_FILE, OIDC_SOCKET_DIR } from './oidc-config';
import { OIDC_PORTS } from './oidc-ports';
import { SpireVersion } from '../../../cluster';
import { configHash } from '../../config-hash';
import { labels, selectorLabels } from '../../labels';
import { RESTRICTED_CONTAINER, restrictedPodSecurity } from '../../pod-security';
import { SecretRef } from '../secret-ref';

export interface OidcDeploymentOptions {
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  readonly version: SpireVersion;
  readonly image: string;
  readonly configMap: ApiObject;
  readonly certificate: SecretRef;
  readonly csiDriver: string;
}

const USER = 1000;

/**
 * The pods of the OIDC discovery provider, of which one at a time may be taken away.
 */
export class OidcDeployment {
  public readonly deployment: ApiObject;

  public constructor(chart: Construct, private readonly options: OidcDeploymentOptions) {
    const { name, namespace, replicas, version } = options;
    const metadata = { name, namespace, labels: labels(name, 'spire') };
    this.deployment = new ApiObject(chart, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: selectorLabels(name) },
        template: {
          // Istio's telemetry takes the version of a Deployment from here, and istioctl warns where it is missing
          metadata: { labels: { ...labels(name, 'spire'), 'app.kubernetes.io/version': version.version }, annotations: configHash(options.configMap) },
          spec: this.podSpec(),
        },
      },
    });
    new ApiObject(chart, 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels(name) } },
    });
  }

  private podSpec() {
    const { name, image, configMap, certificate, csiDriver } = this.options;
    return {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      securityContext: restrictedPodSecurity(USER),
      topologySpreadConstraints: [{
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selectorLabels(name) },
      }],
      containers: [{
        name,
        image,
        args: ['-config', `${OIDC_CONFIG_DIR}/${OIDC_CONFIG_FILE}`],
        ports: [
          { name: 'https', containerPort: OIDC_PORTS.https, protocol: 'TCP' },
          { name: 'health', containerPort: OIDC_PORTS.health, protocol: 'TCP' },
        ],
        livenessProbe: { httpGet: { path: '/live', port: 'health' }, initialDelaySeconds: 5, periodSeconds: 10 },
        readinessProbe: { httpGet: { path: '/ready', port: 'health' }, initialDelaySeconds: 2, periodSeconds: 5 },
        resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [
          { name: 'config', mountPath: OIDC_CONFIG_DIR, readOnly: true },
          { name: 'certificate', mountPath: OIDC_CERTIFICATE_DIR, readOnly: true },
          { name: 'workload-api', mountPath: OIDC_SOCKET_DIR, readOnly: true },
        ],
      }],
      volumes: [
        { name: 'config', configMap: { name: configMap.name } },
        { name: 'certificate', secret: { secretName: certificate.name, defaultMode: 0o440 } },
        { name: 'workload-api', csi: { driver: csiDriver, readOnly: true } },
      ],
    };
  }
}
