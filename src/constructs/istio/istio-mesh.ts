import type { ApiObject } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Cluster, IstioVersion } from '../../cluster';
import { Platform, Stage } from '../../delivery';
import { defineNamespace } from '../namespace';
import { PodSecurityLevel } from '../pod-security';
import { ACCESS_LOG_PROVIDER, AccessLogOptions } from './access-log';
import { claimOnce } from './claims';
import { setDnsCapture } from './dns-capture';
import { enrollPods } from './enrollment';
import { FederatedIdentities } from './federated-identities';
import { ForeignTrustDomains } from './foreign-trust-domains';
import { requireObjectName } from './input';
import { defineInstallArtifacts } from './install-artifacts';
import { CNI_NAMESPACE, InstallValues, ISTIO_NAMESPACE, NETWORK_LABEL } from './install-values';
import { defineIstioObject } from './istio-object';
import { EnrollOptions, IMesh } from './mesh';
import { meshConfig, providerNames } from './mesh-config';
import { meshErrors } from './mesh-errors';
import { defineMeshIdentities } from './mesh-identities';
import { IMeshPeer, MeshWorkload } from './mesh-workload';
import { requireInjection } from './namespaces';
import { podTemplateOf } from './pod-template';
import { setProviders } from './providers';
import { addInstallSteps } from './rollout-checks';
import { TracingOptions, tracingTelemetry } from './tracing';
import { TrustDomain } from '../../identity';
import { isDnsSubdomain } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';
import { requireSds } from '../spire/sds';
import { ISpire } from '../spire/spire-ref';

/**
 * What an Istio mesh is made of.
 */
export interface IstioMeshProps {
  /**
   * The SPIRE installation that gives the workloads their identities.
   */
  readonly spire: ISpire;

  /**
   * The release of Istio.
   *
   * @default - `IstioVersion.V1_30`
   */
  readonly version?: IstioVersion;

  /**
   * What the proxies write for each request.
   *
   * @default - one JSON line with the SPIFFE IDs of both sides, without the query string
   */
  readonly accessLog?: AccessLogOptions;

  /**
   * Where the proxies send their traces.
   *
   * @default - no traces
   */
  readonly tracing?: TracingOptions;

  /**
   * The name of the mesh, for a mesh over several clusters: the same in each.
   *
   * @default - the mesh has one cluster
   */
  readonly meshId?: string;

  /**
   * The network of the cluster's pods, for a mesh over several clusters. Pods of another network are called through its east-west gateway.
   *
   * @default - one network for all
   */
  readonly network?: string;

  /**
   * Further settings of the mesh, in the words of Istio's MeshConfig.
   *
   * Throws when a field is unknown, which Istio itself would ignore, or stated by the mesh itself.
   *
   * @default - none
   */
  readonly additionalMeshConfig?: { [key: string]: any };
}

/**
 * An Istio mesh (sidecars) whose workloads get their identities from SPIRE: strict mutual TLS and default deny for all of it.
 *
 * Istio itself is installed by istioctl, Helm or the Sail operator, from files in the folder `artifacts`; its namespaces, the identities
 * of its proxies and its mesh-wide policies are manifests.
 */
export class IstioMesh extends Construct implements IMesh {
  /**
   * The cluster of the mesh.
   */
  public readonly cluster: Cluster;

  /**
   * The SPIRE installation that gives the workloads their identities.
   */
  public readonly spire: ISpire;

  /**
   * The release of Istio.
   */
  public readonly version: IstioVersion;

  /**
   * The namespace whose policies hold in the whole mesh.
   */
  public readonly rootNamespace: string = ISTIO_NAMESPACE;

  /**
   * The network of the cluster's pods.
   */
  public readonly network?: string;

  /**
   * The PeerAuthentication that makes mutual TLS strict.
   */
  public readonly peerAuthentication: ApiObject;

  /**
   * The AuthorizationPolicy without rules, which denies what no other policy allows.
   */
  public readonly defaultDeny: ApiObject;

  /**
   * The Telemetry of the whole mesh.
   */
  public readonly telemetry: ApiObject;

  private readonly enrolled = new Map<string, MeshWorkload>();
  private readonly pods = new Map<MeshWorkload, Workload | ApiObject>();
  private readonly foreign: ForeignTrustDomains;
  private readonly federated: FederatedIdentities;

  public constructor(scope: Construct, id: string, props: IstioMeshProps) {
    super(scope, id);
    requireProps(`IstioMesh '${id}'`, props, { spire: 'ISpire', version: 'IstioVersion?' });
    this.spire = props.spire;
    this.cluster = Platform.of(this).cluster;
    requireDnsName(this.cluster.trustDomain);
    this.version = props.version ?? IstioVersion.V1_30;
    if (props.spire.cluster !== this.cluster) {
      throw new Error(`mesh '${this.node.path}' is in cluster '${this.cluster.name}', its SPIRE in '${props.spire.cluster.name}': `
        + 'define both in the same Platform');
    }
    requireSds(props.spire, this.node.path);
    claimOnce(this, `mesh in cluster '${this.cluster.name}'`, id);
    const config = meshConfig({
      cluster: this.cluster, accessLog: props.accessLog ?? {}, tracing: props.tracing, additional: props.additionalMeshConfig,
    });
    this.foreign = new ForeignTrustDomains(this.cluster, this.version, config);
    this.network = requireName('network', props.network);
    defineNamespace(this, {
      name: ISTIO_NAMESPACE,
      podSecurity: PodSecurityLevel.RESTRICTED,
      ...(this.network ? { labels: { [NETWORK_LABEL]: this.network } } : {}),
    });
    defineNamespace(this, { name: CNI_NAMESPACE, podSecurity: PodSecurityLevel.PRIVILEGED });
    defineInstallArtifacts(this, new InstallValues(props.spire, this.version, config, {
      meshID: requireName('meshId', props.meshId), network: this.network,
    }), this.version);
    this.federated = new FederatedIdentities(this, props.spire, defineMeshIdentities(this, props.spire));
    addInstallSteps(Platform.of(this), this.version, { istio: ISTIO_NAMESPACE, cni: CNI_NAMESPACE });
    this.peerAuthentication = this.inRoot('security.istio.io/v1', 'PeerAuthentication', 'default', { mtls: { mode: 'STRICT' } });
    this.defaultDeny = this.inRoot('security.istio.io/v1', 'AuthorizationPolicy', 'default-deny', {});
    this.telemetry = this.inRoot('telemetry.istio.io/v1', 'Telemetry', 'mesh-default', {
      metrics: [{ providers: [{ name: 'prometheus' }] }],
      accessLogging: [{ providers: [{ name: ACCESS_LOG_PROVIDER }] }],
      ...(props.tracing ? { tracing: [tracingTelemetry(props.tracing, this.version)] } : {}),
    });
    setProviders(this, providerNames(config), config.extensionProviders);
    setDnsCapture(this, config);
    this.node.addValidation({ validate: () => this.unknownTrustDomains() });
    this.node.addValidation({ validate: () => meshErrors(Platform.of(this), this.workloads, providerNames(config)) });
  }

  /**
   * The enrolled workloads, gateways included.
   */
  public get workloads(): MeshWorkload[] {
    return [...this.enrolled.values()];
  }

  /**
   * Takes a workload into the mesh: it gets a proxy and a SPIFFE identity, by labels and annotations on its pod template.
   *
   * Throws when the workload has no namespace, no service account of its own, the network of the host, or a proxy already, and when its namespace
   * is defined without injection.
   *
   * @param workload a workload of cdk8s-plus, or the ApiObject of a Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod
   * @param options what its proxy does
   */
  public enroll(workload: Workload | ApiObject, options: EnrollOptions = {}): MeshWorkload {
    if ([...this.pods.values()].includes(workload)) {
      throw new Error(`'${workload.node.path}' is enrolled in this mesh already: use the MeshWorkload that the first enroll() returned`);
    }
    const pods = podTemplateOf(workload);
    const platform = workload.node.scopes.find((scope) => scope instanceof Platform);
    if (platform && platform !== Platform.of(this)) {
      throw new Error(`'${workload.node.path}' is enrolled in the mesh of '${Platform.of(this).node.path}', another cluster: enroll it in the mesh of its own`);
    }
    const enrolled = enrollPods(pods, this.workloads, this.spire, options);
    requireInjection(Platform.of(this), `${pods.kind} '${pods.name}'`, enrolled.namespace);
    this.enrolled.set(enrolled.principal, enrolled);
    this.pods.set(enrolled, workload);
    return enrolled;
  }

  /**
   * Whether somebody takes part in this mesh.
   *
   * @param peer a workload or a gateway
   */
  public isMember(peer: IMeshPeer): boolean {
    const workload = this.enrolled.get(peer.identity.principal);
    return workload !== undefined && (workload === peer || !(peer instanceof MeshWorkload));
  }

  /**
   * The other trust domains whose workloads may connect.
   */
  public get acceptedTrustDomains(): TrustDomain[] {
    return this.foreign.all;
  }

  /**
   * Lets workloads of another trust domain connect, under their own identities.
   *
   * Throws for the own trust domain, for one that Istio cannot tell from its own, and for a release of Istio before 1.29.2.
   *
   * @param trustDomain the other trust domain
   */
  public acceptTrustDomain(trustDomain: TrustDomain): void {
    this.foreign.accept(trustDomain);
  }

  /**
   * Gives a workload the bundle of another trust domain, so that it can call workloads there or be called by them.
   *
   * Throws when the workload is not enrolled.
   *
   * @param peer the workload or gateway of this mesh
   * @param trustDomain the other trust domain
   */
  public federate(peer: IMeshPeer, trustDomain: TrustDomain): void {
    const workload = this.enrolled.get(peer.identity.principal);
    if (!workload) {
      throw new Error(`'${peer.identity}' is not enrolled in the mesh of cluster '${this.cluster.name}', so it cannot federate: pass what enroll() returned`);
    }
    this.federated.add(workload, this.pods.get(workload)!, trustDomain);
  }

  private unknownTrustDomains(): string[] {
    return this.federated.pairs().filter(([, trustDomain]) => !this.foreign.accepts(trustDomain)).map(([workload, trustDomain]) =>
      `workload '${workload}' federates with '${trustDomain}', which the mesh of cluster '${this.cluster.name}' does not accept: `
      + 'add both clusters to a Federation that goes both ways, or the partner to one');
  }

  private inRoot(apiVersion: string, kind: string, name: string, spec: any): ApiObject {
    return defineIstioObject(this, Stage.MESH, { apiVersion, kind, name, namespace: ISTIO_NAMESPACE, spec });
  }
}

function requireName(what: string, name: string | undefined): string | undefined {
  if (name !== undefined) {
    requireObjectName(what, name);
  }
  return name;
}

/**
 * SPIFFE allows more names than Istio does.
 */
function requireDnsName(trustDomain: TrustDomain): void {
  if (!isDnsSubdomain(trustDomain.name)) {
    throw new Error(`trust domain '${trustDomain}' is no DNS name, which Istio asks for: use a-z, 0-9, '-' and '.', no '_' and no '-' at the ends of labels`);
  }
}
