import { WorkloadIdentity } from '../../identity';
import { Announcements } from '../announcements';
import { IWorkloads } from '../istio/mesh';
import { MeshWorkload } from '../istio/mesh-workload';
import { NetworkPeer } from '../network/network-peer';

/**
 * The port of ambient pods and of waypoints at which all connections of the mesh come (HBONE), whatever port is meant.
 */
export const HBONE_PORT = 15008;

/**
 * Where the probes of the kubelet come from in ambient mode: Istio's CNI plugin changes the address of the node to one of these.
 */
export const PROBE_ADDRESSES = [NetworkPeer.ipBlock('169.254.7.127/32'), NetworkPeer.ipBlock('fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128')];

/** The label that Istio gives to the pods of a Gateway. */
const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';

const KNOWN = new WeakMap<IWorkloads, AmbientPods>();

/**
 * The called workloads of a mesh that are in ambient mode, as the layers of their access policies say, and the waypoints before them.
 *
 * Who asks is told of what is said later, too.
 */
export class AmbientPods {
  public static of(mesh: IWorkloads): AmbientPods {
    const known = KNOWN.get(mesh) ?? new AmbientPods(mesh);
    KNOWN.set(mesh, known);
    return known;
  }

  private readonly ambient = new Set<MeshWorkload>();
  /** The first workload that is ambient. */
  private readonly use = new Announcements<MeshWorkload>();
  /** The one waypoint before each workload, which may be asked for before it is said. */
  private readonly before = new Map<MeshWorkload, Announcements<MeshWorkload>>();
  private readonly waypoints = new Map<string, MeshWorkload>();

  private constructor(private readonly mesh: IWorkloads) {}

  /**
   * Whether the mesh has ambient workloads. Then any caller may be one.
   */
  public get areUsed(): boolean {
    return this.ambient.size > 0;
  }

  public has(workload: MeshWorkload): boolean {
    return this.ambient.has(workload);
  }

  /**
   * The waypoint before a workload; none where ztunnel is alone.
   */
  public waypointOf(workload: MeshWorkload): MeshWorkload | undefined {
    return this.before.get(workload)?.all[0];
  }

  /**
   * Says that a workload is in ambient mode; the first who says it is right.
   *
   * @param waypoint the name of the waypoint before it, in its namespace
   */
  public add(workload: MeshWorkload, waypoint?: string): void {
    if (this.has(workload)) {
      return;
    }
    const isFirst = !this.areUsed;
    this.ambient.add(workload);
    if (isFirst) {
      this.use.add(workload);
    }
    if (waypoint !== undefined) {
      this.waypointBefore(workload).add(this.waypoint(workload.namespace, waypoint));
    }
  }

  /**
   * The pods of a waypoint, which run as a service account of its name.
   */
  public waypoint(namespace: string, name: string): MeshWorkload {
    const key = `${namespace}/${name}`;
    const pods = this.waypoints.get(key) ?? waypointPods(this.mesh, namespace, name);
    this.waypoints.set(key, pods);
    return pods;
  }

  public onUse(listener: () => void): void {
    this.use.onEach(listener);
  }

  public onWaypoint(workload: MeshWorkload, listener: (waypoint: MeshWorkload) => void): void {
    this.waypointBefore(workload).onEach(listener);
  }

  private waypointBefore(workload: MeshWorkload): Announcements<MeshWorkload> {
    const known = this.before.get(workload) ?? new Announcements();
    this.before.set(workload, known);
    return known;
  }
}

function waypointPods({ cluster }: IWorkloads, namespace: string, name: string): MeshWorkload {
  const labels = { [GATEWAY_NAME_LABEL]: name };
  const identity = WorkloadIdentity.of({ trustDomain: cluster.trustDomain, namespace, serviceAccount: name });
  return new MeshWorkload({ identity, name, podLabels: labels, matchLabels: labels, ports: [] });
}
