import { Construct, IConstruct } from 'constructs';
import { Cluster } from '../cluster';
import { Platform } from '../delivery';
import { ClusterNames } from '../delivery/cluster-names';
import { requireProps } from '../identity/require-props';

const FLEET = Symbol.for('cdk8s-spiffe.Fleet');
const DEFINES_FLEETS = Symbol.for('cdk8s-spiffe.Fleet.definesFleets');

/**
 * Defines what is in the platform of one cluster.
 */
export interface IPlatformDefinition {
  /**
   * Defines the constructs of one cluster.
   *
   * It is called once for each cluster at each synthesis, so the same platform has to give the same constructs.
   *
   * @param platform the platform of the cluster, which is `platform.cluster`
   */
  define(platform: Platform): void;
}

/**
 * Which clusters, and what is in each.
 */
export interface FleetProps {
  /**
   * The clusters; their names are different.
   */
  readonly clusters: Cluster[];

  /**
   * What is in the platform of each cluster.
   */
  readonly definition: IPlatformDefinition;
}

/**
 * Many clusters that are defined in the same way.
 *
 * A `GitOpsApp` defines, checks and writes one cluster after the other, and forgets each before the next: memory does not grow with their number.
 * So it does not see whether they agree with each other, as in a federation: `cdk8s-spiffe check` over the output folder does.
 * In a plain cdk8s `App` all of them are defined at once.
 */
export class Fleet extends Construct {
  /**
   * Whether a construct is a fleet.
   *
   * @param construct any construct
   */
  public static isFleet(construct: any): construct is Fleet {
    return construct !== null && typeof construct === 'object' && FLEET in construct;
  }

  /**
   * @internal
   */
  public static _leaveToSynthesis(app: IConstruct): void {
    Object.defineProperty(app, DEFINES_FLEETS, { value: true });
  }

  private readonly clusters: Cluster[];
  private readonly definition: IPlatformDefinition;

  public constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    requireProps(`Fleet '${id}'`, props, { clusters: 'Cluster[]', definition: 'IPlatformDefinition' });
    this.clusters = props.clusters;
    this.definition = props.definition;
    Object.defineProperty(this, FLEET, { value: true });
    this.claimNames();
    if (!(DEFINES_FLEETS in this.node.root)) {
      this.clusters.forEach((cluster) => this.define(cluster));
    }
  }

  /**
   * @internal
   */
  public _defineEach(use: (platform: Platform) => void): void {
    for (const cluster of this.clusters) {
      try {
        use(this.define(cluster));
      } finally {
        this.node.tryRemoveChild(cluster.name);
      }
    }
  }

  private define(cluster: Cluster): Platform {
    const platform = new Platform(this, cluster.name, { cluster });
    this.definition.define(platform);
    return platform;
  }

  private claimNames(): void {
    const seen = new Set<string>();
    const repeated = this.clusters.map(({ name }) => name).find((name) => seen.has(name) || !seen.add(name));
    if (repeated !== undefined) {
      throw new Error(`cluster name '${repeated}' is in fleet '${this.node.path}' twice: rename one cluster`);
    }
    const names = ClusterNames.of(this);
    this.clusters.forEach(({ name }) => names.claim(name, `${this.node.path}/${name}`));
  }
}
