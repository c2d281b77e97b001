import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requireOperators } from './access-log';
import { claimOnce } from './claims';
import { defineIstioObject } from './istio-object';
import { IMesh } from './mesh';
import { MeshWorkload } from './mesh-workload';
import { Stage } from '../../delivery';
import { requireProps } from '../../identity/require-props';

/**
 * What a namespace or a workload reports differently from the mesh.
 */
export interface TelemetryProps {
  /**
   * The mesh.
   */
  readonly mesh: IMesh;

  /**
   * The namespace of the workloads.
   */
  readonly namespace: string;

  /**
   * The name of the Telemetry.
   *
   * @default - the ID of the construct
   */
  readonly name?: string;

  /**
   * The workload that it is for.
   *
   * @default - all of the namespace
   */
  readonly workload?: MeshWorkload;

  /**
   * Which requests are logged, as a CEL expression such as `response.code >= 400`.
   *
   * @default - as in the mesh
   */
  readonly accessLogFilter?: string;

  /**
   * How many of 100 requests are traced. The mesh has to have tracing.
   *
   * @default - as in the mesh
   */
  readonly samplingPercentage?: number;

  /**
   * Tags of spans by name, each with Envoy's command operators, such as `%DOWNSTREAM_PEER_URI_SAN%`.
   *
   * Throws when the mesh is older than Istio 1.29.
   *
   * @default - as in the mesh
   */
  readonly traceTags?: { [name: string]: string };

  /**
   * Labels of all metrics by name, each as a CEL expression over Envoy's attributes, such as `request.host`.
   *
   * @default - those of Istio
   */
  readonly metricTags?: { [name: string]: string };

  /**
   * Labels that all metrics lose.
   *
   * @default - none
   */
  readonly removedMetricTags?: string[];
}

/**
 * What a namespace or a workload reports differently from the mesh. There is one for a namespace: Istio ignores all but the oldest.
 */
export class Telemetry extends Construct {
  /**
   * The Telemetry.
   */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, id: string, props: TelemetryProps) {
    super(scope, id);
    requireProps(`Telemetry '${id}'`, props, { mesh: 'IMesh', namespace: 'text' });
    const name = props.name ?? id;
    const where = `telemetry '${name}'`;
    const spec = { ...accessLogging(props), ...tracing(where, props), ...metrics(where, props) };
    if (Object.keys(spec).length === 0) {
      throw new Error(`${where} changes nothing: give at least one setting, or remove it`);
    }
    if (props.namespace === props.mesh.rootNamespace) {
      throw new Error(`${where} is in the root namespace '${props.namespace}': the mesh-wide one is written by the mesh, give its settings to the mesh`);
    }
    if (props.workload && props.workload.namespace !== props.namespace) {
      throw new Error(`${where} is in namespace '${props.namespace}', its workload in '${props.workload.namespace}': put it in '${props.workload.namespace}'`);
    }
    claimOnce(this, `Telemetry for ${props.workload ? `workload '${props.workload}'` : `namespace '${props.namespace}'`}`, name);
    this.apiObject = defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      name,
      namespace: props.namespace,
      spec: { ...(props.workload ? { selector: { matchLabels: props.workload.matchLabels } } : {}), ...spec },
    });
  }
}

function accessLogging(props: TelemetryProps): any {
  return props.accessLogFilter ? { accessLogging: [{ filter: { expression: props.accessLogFilter } }] } : {};
}

function tracing(where: string, props: TelemetryProps): any {
  const percentage = props.samplingPercentage;
  if (percentage !== undefined && !(percentage >= 0 && percentage <= 100)) {
    throw new Error(`${where} has samplingPercentage ${percentage}: use a number from 0 to 100`);
  }
  if (props.traceTags && !props.mesh.version.isAtLeast(29)) {
    throw new Error(`${where} has traceTags, which Istio ${props.mesh.version} does not have: use 1.29 or newer`);
  }
  const tags = Object.entries(props.traceTags ?? {}).map(([tag, value]) => {
    requireOperators(`${where}, trace tag '${tag}'`, value);
    return [tag, { formatter: { value } }];
  });
  if (percentage === undefined && tags.length === 0) {
    return {};
  }
  return {
    tracing: [{
      ...(percentage !== undefined ? { randomSamplingPercentage: percentage } : {}),
      ...(tags.length > 0 ? { customTags: Object.fromEntries(tags) } : {}),
    }],
  };
}

function metrics(where: string, props: TelemetryProps): any {
  const upserts = Object.entries(props.metricTags ?? {}).map(([tag, value]) => {
    if (value.includes('%')) {
      throw new Error(`${where} has metric tag '${tag}' with value '${value}': it is a CEL expression over Envoy's attributes, such as 'request.host'`);
    }
    return [tag, { value }];
  });
  const removals = (props.removedMetricTags ?? []).map((tag) => [tag, { operation: 'REMOVE' }]);
  const tagOverrides = Object.fromEntries([...upserts, ...removals]);
  return Object.keys(tagOverrides).length > 0 ? { metrics: [{ overrides: [{ tagOverrides }] }] } : {};
}
