import { Announcements } from '../announcements';
import { IMesh, IWorkloads } from './mesh';
import { IMeshPeer, MeshWorkload } from './mesh-workload';

/**
 * A call of a workload to another cluster.
 */
export interface OutgoingCall {
  readonly caller: IMeshPeer;
  /** Who is called, for people. */
  readonly called: string;
  /** The port at which the other cluster takes the call. */
  readonly port: number;
  /** The names by which the caller finds it; none when istiod tells addresses. */
  readonly hosts?: string[];
}

const BORDERS = new WeakMap<IWorkloads, Border>();

/**
 * The border of a mesh: the gateways by which calls from other networks come in, and the calls that leave for other clusters.
 *
 * Who asks is told of what is defined later, too.
 */
export class Border {
  public static of(mesh: IWorkloads): Border {
    const border = BORDERS.get(mesh) ?? new Border(mesh);
    BORDERS.set(mesh, border);
    return border;
  }

  private readonly ways = new Announcements<MeshWorkload>();
  private readonly outgoing = new Announcements<OutgoingCall>();
  private readonly neighbours = new Set<IWorkloads>();

  private constructor(private readonly mesh: IWorkloads) {}

  /**
   * The east-west gateways so far.
   */
  public get gateways(): MeshWorkload[] {
    return this.ways.all;
  }

  /**
   * The calls to other clusters so far.
   */
  public get calls(): OutgoingCall[] {
    return this.outgoing.all;
  }

  public addGateway(gateway: MeshWorkload): void {
    this.ways.add(gateway);
  }

  public addCall(call: OutgoingCall): void {
    this.outgoing.add(call);
  }

  public addNeighbour(mesh: IWorkloads): void {
    this.neighbours.add(mesh);
  }

  public onGateway(listener: (gateway: MeshWorkload) => void): void {
    this.ways.onEach(listener);
  }

  public onCall(listener: (call: OutgoingCall) => void): void {
    this.outgoing.onEach(listener);
  }

  /**
   * Whether calls between here and another mesh go through an east-west gateway: their pods do not reach each other.
   */
  public isOtherNetwork(other: IWorkloads): boolean {
    const [here, there] = [this.mesh, other].map((one) => (one as Partial<IMesh>).network);
    return here !== undefined && there !== undefined && here !== there;
  }

  /**
   * Whether all calls of somebody come in by an east-west gateway.
   */
  public isBeyond(peer: IMeshPeer): boolean {
    const homes = [...this.neighbours].filter((mesh) => mesh.isMember(peer));
    return homes.length > 0 && homes.every((home) => this.isOtherNetwork(home));
  }
}
