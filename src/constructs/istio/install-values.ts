import { SPIRE_TEMPLATE } from './enrollment';
import { Cluster, IstioVersion } from '../../cluster';
import { ISpire } from '../spire/spire-ref';

/**
 * The namespace of Istio's control plane, whose policies hold in the whole mesh.
 */
export const ISTIO_NAMESPACE = 'istio-system';

/**
 * The namespace of the CNI node agent, the one part of Istio that needs privileges.
 */
export const CNI_NAMESPACE = 'istio-cni';

/**
 * The label that says on which network something is.
 */
export const NETWORK_LABEL = 'topology.istio.io/network';

/**
 * What makes a mesh span several clusters, in Istio's words.
 */
export interface MultiClusterValues {
  readonly meshID?: string;
  readonly network?: string;
}

const HUB = 'registry.istio.io/release';
const SECCOMP = { type: 'RuntimeDefault' };

/**
 * The values of one Istio installation, from which every way to install it is written.
 */
export class InstallValues {
  public constructor(
    private readonly spire: ISpire,
    private readonly version: IstioVersion,
    private readonly meshConfig: any,
    private readonly multiCluster: MultiClusterValues = {},
  ) {}

  /**
   * The input file of istioctl.
   */
  public istioOperator(): any {
    return {
      apiVersion: 'install.istio.io/v1alpha1',
      kind: 'IstioOperator',
      metadata: { name: 'istio', namespace: ISTIO_NAMESPACE },
      spec: {
        // no gateway of the profile's own: gateways are injected Deployments
        profile: 'minimal',
        ...this.images(),
        namespace: ISTIO_NAMESPACE,
        meshConfig: this.meshConfig,
        components: {
          base: { enabled: true },
          pilot: { enabled: true },
          cni: { enabled: true, namespace: CNI_NAMESPACE },
        },
        values: { global: this.global(), pilot: this.pilot(), cni: this.cni(), sidecarInjectorWebhook: this.injector() },
      },
    };
  }

  /**
   * The values of Helm's chart `base`.
   */
  public baseChart(): any {
    return { defaultRevision: 'default', global: { istioNamespace: ISTIO_NAMESPACE } };
  }

  /**
   * The values of Helm's chart `istiod`, which takes those of the pilot at the top.
   */
  public istiodChart(): any {
    return {
      ...this.pilot(),
      global: { ...this.images(), ...this.global() },
      meshConfig: this.meshConfig,
      sidecarInjectorWebhook: this.injector(),
    };
  }

  /**
   * The values of Helm's chart `cni`.
   */
  public cniChart(): any {
    return { ...this.cni(), global: this.images() };
  }

  /**
   * The objects of the Sail operator.
   */
  public sail(): any[] {
    const apiVersion = 'sailoperator.io/v1';
    const version = `v${this.version.version}`;
    return [
      {
        apiVersion,
        kind: 'Istio',
        metadata: { name: 'default' },
        spec: {
          namespace: ISTIO_NAMESPACE,
          version,
          updateStrategy: { type: 'InPlace' },
          values: { global: this.global(), meshConfig: this.meshConfig, pilot: this.pilot(), sidecarInjectorWebhook: this.injector() },
        },
      },
      { apiVersion, kind: 'IstioCNI', metadata: { name: 'default' }, spec: { namespace: CNI_NAMESPACE, version, values: { cni: this.cni() } } },
    ];
  }

  private images(): any {
    // older releases have their images elsewhere, and know where
    return { ...(this.version.isAtLeast(30) ? { hub: HUB } : {}), tag: this.version.version };
  }

  private global(): any {
    const cluster: Cluster = this.spire.cluster;
    return {
      istioNamespace: ISTIO_NAMESPACE,
      ...this.multiCluster,
      multiCluster: { clusterName: cluster.name },
      // istioctl before 1.29 refuses the profile; proxies then have that of their pod
      proxy: { clusterDomain: cluster.clusterDomain, ...(this.version.isAtLeast(29) ? { seccompProfile: SECCOMP } : {}) },
    };
  }

  private pilot(): any {
    return { autoscaleMin: 2, cni: { enabled: true }, resources: { requests: { cpu: '500m', memory: '2Gi' } }, seccompProfile: SECCOMP };
  }

  private cni(): any {
    return { excludeNamespaces: [...new Set(['kube-system', CNI_NAMESPACE, ISTIO_NAMESPACE, this.spire.agentNamespace, this.spire.serverNamespace])] };
  }

  private injector(): any {
    return { enableNamespacesByDefault: false, templates: { [SPIRE_TEMPLATE]: this.template() } };
  }

  /**
   * Replaces a volume that Istio's own templates mount already. A template that names the container `istio-proxy` would break pods
   * where it is a native sidecar; without `emptyDir: null` the volume would have two types.
   */
  private template(): string {
    return [
      'spec:',
      '  volumes:',
      '  - name: workload-socket',
      '    emptyDir: null',
      '    csi:',
      `      driver: ${this.spire.socket.csiDriver}`,
      '      readOnly: true',
      '',
    ].join('\n');
  }
}
