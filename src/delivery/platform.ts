import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Cluster } from '../cluster';
import { Artifact } from './artifact';
import { ClusterNames } from './cluster-names';
import { Rollout, RolloutStep } from './rollout';
import { Stage } from './stage';
import { StageChart } from './stage-chart';
import { requireProps } from '../identity/require-props';

const PLATFORM = Symbol.for('cdk8s-spiffe.Platform');

/**
 * Which cluster the manifests are for.
 */
export interface PlatformProps {
  /**
   * The cluster that takes the manifests.
   */
  readonly cluster: Cluster;
}

/**
 * All manifests of one cluster, in stages: `<cluster>/<NN-stage>/<component>.k8s.yaml`.
 *
 * Constructs that are defined in it put each of their objects into the stage where it belongs.
 *
 * Throws when another platform of the app has a cluster of that name.
 */
export class Platform extends Construct {
  /**
   * Whether a construct is a platform.
   *
   * @param construct any construct
   */
  public static isPlatform(construct: any): construct is Platform {
    return construct !== null && typeof construct === 'object' && PLATFORM in construct;
  }

  /**
   * The platform that a construct is defined in.
   *
   * Throws when there is none.
   *
   * @param construct any construct
   */
  public static of(construct: IConstruct): Platform {
    requireProps('Platform.of', { construct }, { construct: 'IConstruct' });
    const platform = construct.node.scopes.reverse().find(Platform.isPlatform);
    if (!platform) {
      throw new Error(`'${construct.node.path}' is not defined in a Platform: define it in one, as in new Platform(app, 'prod', { cluster })`);
    }
    return platform;
  }

  /**
   * The cluster that takes the manifests.
   */
  public readonly cluster: Cluster;

  private readonly rollout = new Rollout();

  public constructor(scope: Construct, id: string, props: PlatformProps) {
    super(scope, id);
    requireProps(`Platform '${id}'`, props, { cluster: 'Cluster' });
    this.cluster = props.cluster;
    Object.defineProperty(this, PLATFORM, { value: true });
    new Artifact(this, 'verify', {
      fileName: 'VERIFY.md',
      purpose: 'commands of the roll-out, stage by stage, each with its check',
      content: { render: () => this.rollout.render(this.cluster.name, this.stageFolders()) },
    });
    ClusterNames.of(this).claim(this.cluster.name, this.node.path);
    this.node.addValidation({ validate: () => this.duplicateObjects() });
  }

  /**
   * The chart of a component in a stage, which is one file. The same call gives the same chart.
   *
   * Throws for a component that is no file name, and for a stage whose folder has another wave already.
   *
   * @param stage the stage
   * @param component what the objects are for; it names the file
   */
  public chart(stage: Stage, component: string): Chart {
    requireProps('Platform.chart', { stage, component }, { stage: 'Stage', component: 'text' });
    const folder = this.child(this, stage.folder, (scope, id) => new Construct(scope, id));
    const chart = this.child(folder, component, (scope, id) => new StageChart(scope, id, stage)) as StageChart;
    if (chart.stage.wave !== stage.wave) {
      throw new Error(`stage '${stage.folder}' has wave ${stage.wave} here and ${chart.stage.wave} at '${chart.node.path}': stages of one folder have one wave, `
        + 'use the same Stage, or another name or order');
    }
    return chart;
  }

  /**
   * Adds a command that has to run before the manifests of a stage are applied; VERIFY.md tells it.
   *
   * Throws for a purpose or a command that is empty.
   *
   * @param stage the stage
   * @param step the command and its purpose
   */
  public addStepBefore(stage: Stage, step: RolloutStep): void {
    this.rollout.before(stage, step);
  }

  /**
   * Adds a command that shows whether a stage went well; VERIFY.md tells it.
   *
   * Throws for a purpose or a command that is empty.
   *
   * @param stage the stage
   * @param step the command, its purpose and its answer
   */
  public addStepAfter(stage: Stage, step: RolloutStep): void {
    this.rollout.after(stage, step);
  }

  /**
   * Says in VERIFY.md which releases of a program the commands are for.
   *
   * @internal
   */
  public _requireRelease(program: string, releases: string): void {
    this.rollout.requireRelease(program, releases);
  }

  private stageFolders(): string[] {
    const charts = this.node.findAll().filter(StageChart.isStageChart);
    return charts.filter((chart) => chart.node.children.length > 0).map((chart) => chart.stage.folder);
  }

  private child(scope: IConstruct, id: string, define: (scope: Construct, id: string) => Construct): Construct {
    return (scope.node.tryFindChild(id) as Construct | undefined) ?? define(scope as Construct, id);
  }

  private duplicateObjects(): string[] {
    const seen = new Map<string, ApiObject>();
    const errors: string[] = [];
    for (const object of this.node.findAll().filter(ApiObject.isApiObject)) {
      const place = object.metadata.namespace ? ` in namespace '${object.metadata.namespace}'` : '';
      const group = object.apiGroup === 'core' ? '' : `${object.apiGroup} `;
      const name = `${group}${object.kind} '${object.name}'${place}`;
      const other = seen.get(name);
      if (other) {
        errors.push(`${name} is defined twice, at '${other.node.path}' and '${object.node.path}': the second would overwrite the first, rename one`);
      }
      seen.set(name, object);
    }
    return errors;
  }
}
