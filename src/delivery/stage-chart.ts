import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Stage } from './stage';

const STAGE_CHART = Symbol.for('cdk8s-spiffe.StageChart');
const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/**
 * The manifests of one component in one stage: one file.
 *
 * Each object in it gets the sync wave of the stage, whoever made the object; one that has a wave already keeps it.
 */
export class StageChart extends Chart {
  /**
   * Whether a construct is the chart of a stage.
   *
   * @param construct any construct
   */
  public static isStageChart(construct: any): construct is StageChart {
    return Chart.isChart(construct) && STAGE_CHART in construct;
  }

  /**
   * The stage that the manifests belong to.
   */
  public readonly stage: Stage;

  /**
   * What the manifests are for; it names the file.
   */
  public readonly component: string;

  public constructor(scope: Construct, component: string, stage: Stage) {
    super(scope, component);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(component)) {
      throw new Error(`component '${component}' is no file name: use letters, digits, '.', '-' and '_', without a path`);
    }
    this.stage = stage;
    this.component = component;
    Object.defineProperty(this, STAGE_CHART, { value: true });
  }

  /**
   * The manifests as plain objects.
   */
  public toJson(): any[] {
    this.node.findAll().filter(ApiObject.isApiObject).forEach((object) => addSyncWave(object, this.stage));
    return super.toJson();
  }
}

/**
 * Gives an object the sync wave of its stage, unless it has one. A custom resource may be synced before its definition is known.
 */
export function addSyncWave(object: ApiObject, stage: Stage): void {
  // rendering all metadata for a look at one annotation is a tenth of a synthesis
  const known = object.metadata as unknown as { readonly annotations?: Record<string, unknown> };
  const annotations = known.annotations ?? object.metadata.toJson()?.annotations;
  if (annotations?.[SYNC_WAVE] === undefined) {
    object.metadata.addAnnotation(SYNC_WAVE, String(stage.wave));
  }
  if (isCustomResource(object) && annotations?.[SYNC_OPTIONS] === undefined) {
    object.metadata.addAnnotation(SYNC_OPTIONS, 'SkipDryRunOnMissingResource=true');
  }
}

/**
 * Kubernetes' own groups have no dot, or end in k8s.io; Argo CD would refuse the whole sync over one object whose definition comes in an earlier wave.
 */
function isCustomResource(object: ApiObject): boolean {
  const group = object.apiGroup;
  return group.includes('.') && (!group.endsWith('.k8s.io') || group === 'gateway.networking.k8s.io');
}
