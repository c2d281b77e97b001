import { requireProps } from '../identity/require-props';

/**
 * What makes a stage.
 */
export interface StageProps {
  /**
   * What the stage holds, in a word or two joined by `-`; it names the folder.
   */
  readonly name: string;

  /**
   * The place in the roll-out: stages with a lower number are applied first. Two digits at most.
   */
  readonly order: number;

  /**
   * The value of Argo CD's annotation `argocd.argoproj.io/sync-wave`.
   */
  readonly wave: number;
}

/**
 * A step of the roll-out: a folder of manifests that is applied, and has to be healthy, before the next one.
 *
 * Order is by folder and by Argo CD sync wave, never by dependencies between constructs, whose cost grows with the product of the stages.
 */
export class Stage {
  /**
   * Custom resource definitions.
   */
  public static readonly CRDS = new Stage({ name: 'crds', order: 0, wave: -10 });

  /**
   * Namespaces with their Pod Security levels.
   */
  public static readonly NAMESPACES = new Stage({ name: 'namespaces', order: 10, wave: -8 });

  /**
   * SPIRE server with its controller manager.
   */
  public static readonly SPIRE_SERVER = new Stage({ name: 'spire-server', order: 20, wave: -5 });

  /**
   * SPIRE agent and CSI driver on every node.
   */
  public static readonly SPIRE_AGENT = new Stage({ name: 'spire-agent', order: 30, wave: -3 });

  /**
   * Who gets which identity.
   */
  public static readonly IDENTITIES = new Stage({ name: 'identities', order: 40, wave: 0 });

  /**
   * Mesh-wide settings: mutual TLS, default deny, telemetry. Istio's control plane has to be installed before.
   */
  public static readonly MESH = new Stage({ name: 'mesh', order: 50, wave: 5 });

  /**
   * Who may call whom, and how traffic is routed.
   */
  public static readonly POLICIES = new Stage({ name: 'policies', order: 60, wave: 7 });

  /**
   * Gateways into the mesh.
   */
  public static readonly GATEWAYS = new Stage({ name: 'gateways', order: 70, wave: 8 });

  /**
   * Workloads.
   */
  public static readonly APPS = new Stage({ name: 'apps', order: 80, wave: 10 });

  /**
   * Recording rules, alerts, scraping and dashboards. The Prometheus operator has to be installed before.
   */
  public static readonly MONITORING = new Stage({ name: 'monitoring', order: 90, wave: 12 });

  /**
   * A stage of your own, between or after those of the library.
   *
   * Throws when the name is no folder name, the order has more than two digits, or the wave is no whole number.
   *
   * @param props name, order and wave
   */
  public static of(props: StageProps): Stage {
    return new Stage(props);
  }

  /**
   * The name of the folder, such as `20-spire-server`.
   */
  public readonly folder: string;

  /**
   * The value of Argo CD's sync-wave annotation.
   */
  public readonly wave: number;

  private constructor(props: StageProps) {
    requireProps('Stage.of', props, { name: 'text', order: 'number', wave: 'number' });
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(props.name)) {
      throw new Error(`stage name '${props.name}' is no folder name: use a-z, 0-9 and single '-' between them`);
    }
    if (!Number.isInteger(props.order) || props.order < 0 || props.order > 99) {
      throw new Error(`order ${props.order} of stage '${props.name}' does not sort: use a whole number from 0 to 99`);
    }
    if (!Number.isInteger(props.wave)) {
      throw new Error(`wave ${props.wave} of stage '${props.name}' is no sync wave: use a whole number`);
    }
    this.folder = `${String(props.order).padStart(2, '0')}-${props.name}`;
    this.wave = props.wave;
  }
}
