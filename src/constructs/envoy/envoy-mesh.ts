import { JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Announcements } from '../announcements';
import { OpaSidecarProps } from './external-authorization';
import { MeshSidecar, SidecarRules } from './mesh-sidecar';
import { RbacRules } from './rbac-filter';
import { UriMatch } from './secrets';
import { Cluster } from '../../cluster';
import { Platform } from '../../delivery';
import { TrustDomain } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { IWorkloads } from '../istio/mesh';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';
import { requireSds } from '../spire/sds';
import { ISpire } from '../spire/spire-ref';

/**
 * Who gives the workloads of a mesh their identities.
 */
export interface EnvoyMeshProps {
  /**
   * The SPIRE installation that gives the workloads their identities.
   */
  readonly spire: ISpire;
}

/**
 * Workloads that each have an Envoy of their own beside them, with a file as its configuration: mutual TLS by SPIRE, and no control plane.
 *
 * An `EnvoySidecar` takes a workload into it. An `AccessPolicy` over it says who may call whom.
 */
export class EnvoyMesh extends Construct implements IWorkloads {
  /**
   * The cluster of the mesh.
   */
  public readonly cluster: Cluster;

  /**
   * The SPIRE installation that gives the workloads their identities.
   */
  public readonly spire: ISpire;

  private readonly enrolled = new Announcements<MeshSidecar>();
  private readonly federated = new Map<MeshSidecar, TrustDomain[]>();
  private rules?: SidecarRules;

  public constructor(scope: Construct, id: string, props: EnvoyMeshProps) {
    super(scope, id);
    requireProps(`EnvoyMesh '${id}'`, props, { spire: 'ISpire' });
    this.cluster = Platform.of(this).cluster;
    this.spire = props.spire;
    if (props.spire.cluster !== this.cluster) {
      throw new Error(`mesh '${this.node.path}' is in cluster '${this.cluster.name}', its SPIRE in '${props.spire.cluster.name}': `
        + 'define both in the same Platform');
    }
    requireSds(props.spire, this.node.path);
    this.node.addValidation({ validate: () => this.enrolled.all.flatMap((sidecar) => this.accessErrors(sidecar)) });
  }

  /**
   * The enrolled workloads.
   */
  public get workloads(): MeshWorkload[] {
    return this.enrolled.all.map(({ workload }) => workload);
  }

  /**
   * Whether somebody takes part in this mesh.
   *
   * @param peer a workload or its sidecar
   */
  public isMember(peer: IMeshPeer): boolean {
    return this.enrolled.all.some((sidecar) => sidecar === peer || sidecar.workload === peer);
  }

  /**
   * Gives a workload the bundle of another trust domain, so that it can call workloads there or be called by them.
   *
   * Throws when the workload is not in this mesh.
   *
   * @param peer the workload or its sidecar
   * @param trustDomain the other trust domain
   */
  public federate(peer: IMeshPeer, trustDomain: TrustDomain): void {
    const sidecar = this.enrolled.all.find((one) => one.identity.spiffeId.sameAs(peer.identity.spiffeId));
    if (!sidecar) {
      throw new Error(`'${peer.identity}' is not in the mesh of cluster '${this.cluster.name}', so it cannot federate: give it an EnvoySidecar`);
    }
    const known = this.federated.get(sidecar) ?? [];
    if (known.some((one) => one.sameAs(trustDomain)) || trustDomain.sameAs(this.cluster.trustDomain)) {
      return;
    }
    this.federated.set(sidecar, [...known, trustDomain]);
    sidecar.spiffeId.apiObject.addJsonPatch(JsonPatch.add('/spec/federatesWith', [...known, trustDomain].map(({ name }) => name)));
  }

  /**
   * @internal
   */
  public _enroll(sidecar: MeshSidecar): void {
    const other = this.enrolled.all.find((one) => one.identity.spiffeId.sameAs(sidecar.identity.spiffeId));
    if (other) {
      throw new Error(`'${sidecar.workload}' runs as service account '${sidecar.identity.serviceAccount}', as '${other.workload}' does: `
        + 'policies could not tell them apart, give each workload a service account of its own');
    }
    this.enrolled.add(sidecar);
  }

  /**
   * Tells of the sidecars so far, and of those that follow.
   *
   * @internal
   */
  public _onSidecar(listener: (sidecar: MeshSidecar) => void): void {
    this.enrolled.onEach(listener);
  }

  /**
   * @internal
   */
  public _use(rules: SidecarRules): void {
    this.rules = rules;
  }

  /**
   * @internal
   */
  public _rulesAbout(workload: MeshWorkload): RbacRules {
    return this.rules?.rulesAbout(workload) ?? { audit: [], deny: [], allow: [], shadowDeny: [], shadowAllow: [] };
  }

  /**
   * @internal
   */
  public _callersOf(workload: MeshWorkload, port: number): UriMatch[] {
    return this.rules?.callersOf(workload, port) ?? [];
  }

  /**
   * How the proxy of a workload asks OPA; undefined when it does not.
   *
   * @internal
   */
  public _askedBy(workload: MeshWorkload): Required<OpaSidecarProps> | undefined {
    return this.enrolled.all.find((sidecar) => sidecar.workload === workload)?.authorization?._opa;
  }

  /**
   * A statement about a port that no proxy opens would allow nothing, and a port without callers would take everybody of the trust domain.
   */
  private accessErrors({ workload, inbound }: MeshSidecar): string[] {
    const open = inbound.map(({ port }) => port);
    const missing = [...new Set(this.rules?.portsOf(workload) ?? [])].filter((port) => !open.includes(port));
    const unused = inbound.filter(({ port, callers }) => !callers && this._callersOf(workload, port).length === 0);
    return [
      ...missing.map((port) => `access to '${workload}' names port ${port}, at which its Envoy does not listen: add it to 'inbound' of its sidecar`),
      ...unused.map(({ port }) => `nobody may call port ${port} of '${workload}': allow a caller in an access policy, name 'callers', or remove the port`),
    ];
  }
}
