import { ExternalAuthorization } from './external-authorization';
import { EnvoyInbound } from './inbound';
import { RbacRules } from './rbac-filter';
import { UriMatch } from './secrets';
import { EnvoyUpstream } from './upstream';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';
import { ClusterSpiffeId } from '../spire/identities';

/**
 * What a mesh knows of a sidecar.
 */
export interface MeshSidecar extends IMeshPeer {
  readonly workload: MeshWorkload;
  readonly spiffeId: ClusterSpiffeId;
  readonly inbound: EnvoyInbound[];
  readonly upstreams: EnvoyUpstream[];
  /** Who is asked about each request that comes in, if anybody. */
  readonly authorization?: ExternalAuthorization;
}

/**
 * What an access policy says about the workloads of a mesh, for their own proxies.
 */
export interface SidecarRules {
  rulesAbout(workload: MeshWorkload): RbacRules;
  /** Who may connect to a port at all. */
  callersOf(workload: MeshWorkload, port: number): UriMatch[];
  /** The ports that statements name. */
  portsOf(workload: MeshWorkload): number[];
}
