import { IWorkloads } from '../istio/mesh';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';

/**
 * The workload behind a peer of this mesh; none for one of another mesh.
 */
export function podsOf(peer: IMeshPeer, mesh: IWorkloads): MeshWorkload | undefined {
  if (peer instanceof MeshWorkload) {
    return mesh.isMember(peer) ? peer : undefined;
  }
  return mesh.workloads.find((workload) => workload.identity.spiffeId.sameAs(peer.identity.spiffeId));
}
