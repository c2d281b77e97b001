import { WorkloadIdentity } from '../../identity';
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

  private readonly called = new Map<MeshWorkload, MeshWorkload | undefined>();
  private readonly waypoints = new Map<string, MeshWorkload>();
  private readonly useListeners: (() => void)[] = [];
  private readonly waypointListeners = new Map<MeshWorkload, ((waypoint: MeshWorkload) => void)[]>();

  private constructor(private readonly mesh: IWorkloads) {}

  /**
   * Whether the mesh has ambient workloads. Then any caller may be one.
   */
  public get areUsed(): boolean {
    return this.called.size > 0;
  }

  public has(workload: MeshWorkload): boolean {
    return this.called.has(workload);
  }

  /**
   * The waypoint before a workload; none where ztunnel is alone.
   */
  public waypointOf(workload: MeshWorkload): MeshWorkload | undefined {
    return this.called.get(workload);
  }

  /**
   * Says that a workload is in ambient mode.
   *
   * @param waypoint the name of the waypoint before it, in its namespace
   */
  public add(workload: MeshWorkload, waypoint?: string): void {
    if (this.has(workload)) {
      return;
    }
    const pods = waypoint === undefined ? undefined : this.waypoint(workload.namespace, waypoint);
    this.called.set(workload, pods);
    this.useListeners.splice(0).forEach((listener) => listener());
    if (pods) {
      (this.waypointListeners.get(workload) ?? []).forEach((listener) => listener(pods));
    }
  }

  /**
   * The pods of a waypoint, which run as a service account of its name.
   */
  public waypoint(namespace: string, name: string): MeshWorkload {
    const key = `${namespace}/${name}`;
    const podLabels = { [GATEWAY_NAME_LABEL]: name };
    const identity = WorkloadIdentity.of({ trustDomain: this.mesh.cluster.trustDomain, namespace, serviceAccount: name });
    const pods = this.waypoints.get(key) ?? new MeshWorkload({ identity, name, podLabels, matchLabels: podLabels, ports: [] });
    this.waypoints.set(key, pods);
    return pods;
  }

  public onUse(listener: () => void): void {
    if (this.areUsed) {
      listener();
    } else {
      this.useListeners.push(listener);
    }
  }

  public onWaypoint(workload: MeshWorkload, listener: (waypoint: MeshWorkload) => void): void {
    const waypoint = this.waypointOf(workload);
    if (waypoint) {
      listener(waypoint);
    } else {
      this.waypointListeners.set(workload, [...this.waypointListeners.get(workload) ?? [], listener]);
    }
  }
}
