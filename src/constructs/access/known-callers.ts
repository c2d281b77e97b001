import { AllowedCall } from './access-call';
import { AccessSource } from './access-source';
import { AccessAction, AccessStatement } from './access-statement';
import { TrustDomain } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { Border } from '../istio/border';
import { CROSS_NETWORK_PORT } from '../istio/east-west-gateway';
import { IWorkloads } from '../istio/mesh';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';

/**
 * Who may be named as a caller in an access policy: those of its mesh, of other meshes, and of trust domains of partners.
 */
export class KnownCallers {
  public constructor(
    private readonly shown: string,
    private readonly mesh: IWorkloads,
    private readonly federatedMeshes: IWorkloads[],
    private readonly federatedTrustDomains: TrustDomain[],
  ) {
    this.requireOthers();
    federatedMeshes.forEach((neighbour) => Border.of(mesh).addNeighbour(neighbour));
  }

  private requireOthers(): void {
    if (this.federatedTrustDomains.some((one) => one.sameAs(this.mesh.cluster.trustDomain))) {
      throw new Error(`${this.shown} has its own trust domain '${this.mesh.cluster.trustDomain}' in federatedTrustDomains: `
        + 'remove it, identities of it may be named anyway');
    }
    for (const { cluster } of this.federatedMeshes) {
      if (cluster.trustDomain.sameAs(this.mesh.cluster.trustDomain)) {
        throw new Error(`federated mesh of cluster '${cluster.name}' has the own trust domain '${cluster.trustDomain}': `
          + 'policies could not tell its workloads from the own ones, give each cluster a trust domain of its own');
      }
    }
  }

  /**
   * Lets caller and called workload verify each other when they are of two trust domains, and tells the caller's cluster of what is allowed.
   * A partner's side is for the partner to see to. Who is only denied or marked does not get that far.
   */
  public federate({ source, destination, port }: AllowedCall, isAllowed: boolean): void {
    const foreign = this.foreignTrustDomain(source);
    if (foreign) {
      this.mesh.federate(destination, foreign);
    }
    const peer = certified(source);
    const home = this.federatedMeshes.find((mesh) => peer && mesh.isMember(peer));
    if (peer && home) {
      home.federate(peer, destination.identity.trustDomain);
      this.mesh.federate(destination, peer.identity.trustDomain);
      if (isAllowed) {
        Border.of(home).addCall({
          caller: peer,
          called: `${destination} of ${this.mesh.cluster.name}`,
          port: Border.of(home).isOtherNetwork(this.mesh) ? CROSS_NETWORK_PORT : port,
        });
      }
    }
  }

  /**
   * Refuses a call of or to somebody who is in no mesh that is named.
   */
  public requireMembers({ source, destination }: AllowedCall): void {
    if (!(source instanceof AccessSource)) {
      requireProps('a call of an access policy', { source }, { source: 'IMeshPeer' });
    }
    const peer = certified(source);
    const where = `access from '${source instanceof AccessSource ? source : source.identity.principal}' to '${destination}'`;
    if (peer && ![this.mesh, ...this.federatedMeshes].some((mesh) => mesh.isMember(peer))) {
      throw new Error(`${where}: the caller is not enrolled in this mesh, so it has no such identity: pass what mesh.enroll() returned, or a gateway; `
        + 'name the mesh of another cluster in federatedMeshes');
    }
    if (source instanceof AccessSource && source._caller.kind === 'trustDomain' && source._caller.trustDomain.sameAs(this.mesh.cluster.trustDomain)) {
      throw new Error(`${where}: that is the own trust domain, of everybody in the mesh: name workloads, or namespaces by AccessSource.namespace`);
    }
    const foreign = this.foreignTrustDomain(source);
    if (foreign && !this.federatedTrustDomains.some((one) => one.sameAs(foreign))) {
      throw new Error(`${where}: the caller is of trust domain '${foreign}', and this mesh of `
        + `'${this.mesh.cluster.trustDomain}': name workloads of another mesh by reference, with federatedMeshes, or the trust domain of a partner in federatedTrustDomains`);
    }
    this.requireCalled(where, destination);
  }

  /**
   * Callers of a federated mesh that are allowed by name only: their side would not federate, and no connection would come about. They may be
   * enrolled later than they are named.
   */
  public referenceErrors({ action, source, destination }: AccessStatement): string[] {
    const { _caller: caller } = source;
    return action !== AccessAction.ALLOW ? [] : this.federatedMeshes.flatMap((mesh) => {
      if (caller.kind === 'trustDomain' && caller.trustDomain.sameAs(mesh.cluster.trustDomain)) {
        return [`access from '${source}' to '${destination}': that is everybody in the mesh of cluster '${mesh.cluster.name}', and only callers that are `
          + "named by reference federate with this one: allow each of its workloads, those enrolled so far are in the mesh's 'workloads'"];
      }
      const known = caller.kind === 'identity' ? mesh.workloads.find(({ identity }) => identity.spiffeId.sameAs(caller.spiffeId)) : undefined;
      return known ? [`access from '${source}' to '${destination}': that is '${known}' of cluster '${mesh.cluster.name}', and only callers that are `
        + 'named by reference federate with this one: pass the workload itself'] : [];
    });
  }

  private foreignTrustDomain(source: IMeshPeer | AccessSource): TrustDomain | undefined {
    const named = source instanceof AccessSource ? namedTrustDomain(source) : undefined;
    return named?.sameAs(this.mesh.cluster.trustDomain) ? undefined : named;
  }

  /**
   * Refuses a called workload of another mesh.
   */
  public requireCalled(where: string, destination: MeshWorkload): void {
    if (!this.mesh.isMember(destination)) {
      throw new Error(`${where}: the called workload is not enrolled in this mesh, so nothing would enforce the policy: pass what mesh.enroll() returned`);
    }
  }
}

/**
 * Whose certificate the called workload sees, when that is known.
 */
function certified(source: IMeshPeer | AccessSource): IMeshPeer | undefined {
  if (!(source instanceof AccessSource)) {
    return source;
  }
  return source._caller.kind === 'token' ? source._caller.through : undefined;
}

/**
 * The trust domain of a caller that is not known by reference, when the source says it.
 */
function namedTrustDomain({ _caller: caller }: AccessSource): TrustDomain | undefined {
  switch (caller.kind) {
    case 'trustDomain': return caller.trustDomain;
    case 'identity': return caller.spiffeId.trustDomain;
    default: return undefined;
  }
}
