import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../delivery';
import { labels, selectorLabels } from '../labels';
import { defineNamespace } from '../namespace';
import { PodSecurityLevel, RESTRICTED_CONTAINER } from '../pod-security';
import { defineServiceAccount, grantInNamespace } from '../rbac';
import { claimOnce } from './claims';
import { PROXY_CONTAINER } from './enrollment';
import { requireNamespace, requireServiceName } from './input';
import { IMesh, ProxyRole } from './mesh';
import { GATEWAY_LABEL } from './mesh-identities';
import { MeshWorkload } from './mesh-workload';
import { PROXY_PORTS } from './proxy-ports';

/**
 * What the proxies of a gateway are.
 */
export interface GatewayProxiesOptions {
  /** The kind of gateway for messages, such as `ingress gateway`. */
  readonly kind: string;
  readonly mesh: IMesh;
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  /** Name and number of each port. */
  readonly ports: [string, number][];
  readonly serviceType: 'LoadBalancer' | 'ClusterIP';
  /** Whether certificates for its hosts are Secrets beside it. */
  readonly readsSecrets: boolean;
  /** Further labels of all objects and pods. */
  readonly labels?: { readonly [key: string]: string };
  readonly env?: any[];
}

const LOWEST_UNPRIVILEGED_PORT = 1024;

/**
 * The proxies of a gateway, with an identity of their own, in a restricted namespace that they do not share.
 */
export class GatewayProxies {
  public readonly selector: { [key: string]: string };
  public readonly workload: MeshWorkload;
  public readonly deployment: ApiObject;
  public readonly service: ApiObject;
  public readonly podDisruptionBudget: ApiObject;

  public constructor(scope: Construct, private readonly options: GatewayProxiesOptions) {
    const { kind, mesh, name, namespace, replicas, readsSecrets } = options;
    const where = `${kind} '${name}'`;
    requireNamespace(where, namespace);
    requireServiceName(`${kind} name`, name);
    if (!Number.isInteger(replicas) || replicas < 2) {
      throw new Error(`${where} has ${replicas} replicas: use 2 or more, one at a time may be taken away`);
    }
    // Gateways of Istio's own examples select 'istio: ingressgateway'
    this.selector = { [GATEWAY_LABEL]: name.replace(/^istio-/, '') };
    claimOnce(scope, `Namespace '${namespace}'`, scope.node.path);
    defineNamespace(scope, { name: namespace, podSecurity: PodSecurityLevel.RESTRICTED, labels: { 'istio-injection': 'enabled' } });
    const chart = Platform.of(scope).chart(Stage.GATEWAYS, namespace);
    defineServiceAccount(chart, name, namespace);
    if (readsSecrets) {
      this.grantSecrets(chart);
    }
    this.deployment = this.object(chart, 'apps/v1', 'Deployment', this.deploymentSpec());
    this.workload = mesh.enroll(this.deployment, { proxyRole: ProxyRole.GATEWAY });
    this.service = this.object(chart, 'v1', 'Service', this.serviceSpec());
    this.podDisruptionBudget = this.object(chart, 'policy/v1', 'PodDisruptionBudget', {
      maxUnavailable: 1, selector: { matchLabels: this.podSelector() },
    });
  }

  /**
   * istiod hands out a certificate only to a proxy whose service account may list the Secrets beside it.
   */
  private grantSecrets(chart: Chart): void {
    const { name, namespace } = this.options;
    grantInNamespace(chart, namespace, {
      name,
      serviceAccount: name,
      serviceAccountNamespace: namespace,
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }],
    });
  }

  private podSelector(): { [key: string]: string } {
    return { ...selectorLabels(this.options.name), ...this.selector };
  }

  private object(chart: Chart, apiVersion: string, kind: string, spec: any): ApiObject {
    const { name, namespace, labels: further } = this.options;
    return new ApiObject(chart, `${kind}-${name}`.toLowerCase(), {
      apiVersion, kind, metadata: { name, namespace, labels: { ...labels(name, namespace), ...this.selector, ...further } }, spec,
    });
  }

  private serviceSpec(): any {
    const { serviceType, ports } = this.options;
    // a load balancer asks there whether a proxy is well
    const health: [string, number][] = serviceType === 'LoadBalancer' ? [['http-status', PROXY_PORTS.health]] : [];
    return {
      type: serviceType,
      selector: this.podSelector(),
      ports: [...health, ...ports].map(([name, port]) => ({ name, port, protocol: 'TCP', targetPort: port })),
    };
  }

  private deploymentSpec(): any {
    const { name, namespace, replicas, mesh, labels: further } = this.options;
    return {
      replicas,
      selector: { matchLabels: this.podSelector() },
      template: {
        metadata: {
          // a new release of Istio restarts the proxies, which then get its image
          labels: { ...labels(name, namespace), 'app.kubernetes.io/version': mesh.version.version, ...this.selector, ...further },
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': `${PROXY_PORTS.metrics}`, 'prometheus.io/path': '/stats/prometheus' },
        },
        spec: this.podSpec(),
      },
    };
  }

  private podSpec(): any {
    const { name, ports, env } = this.options;
    const isPrivileged = ports.some(([, port]) => port < LOWEST_UNPRIVILEGED_PORT);
    const containerPorts: [string, number][] = [...ports, ['http-envoy-prom', PROXY_PORTS.envoyMetrics]];
    return {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 60,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
        // low ports without a capability
        ...(isPrivileged ? { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] } : {}),
      },
      topologySpreadConstraints: [{
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: this.podSelector() },
      }],
      containers: [{
        name: PROXY_CONTAINER,
        // Istio puts its own image and probes here
        image: 'auto',
        ...(env ? { env } : {}),
        ports: containerPorts.map(([portName, containerPort]) => ({ name: portName, containerPort, protocol: 'TCP' })),
        securityContext: { ...RESTRICTED_CONTAINER, privileged: false, runAsNonRoot: true },
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '2', memory: '1Gi' } },
      }],
    };
  }
}
