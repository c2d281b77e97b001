import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../delivery';
import { commonLabels } from '../labels';
import { requireNamespace, requireObjectName } from './input';
import { useNamespace } from './namespaces';

/**
 * What an object of Istio's API holds.
 */
export interface IstioObjectOptions {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly annotations?: { readonly [key: string]: string };
  readonly spec: any;
}

/**
 * Defines an object of Istio's API in the chart of its stage, one file for each namespace.
 */
export function defineIstioObject(scope: Construct, stage: Stage, options: IstioObjectOptions): ApiObject {
  const { apiVersion, kind, name, namespace, annotations, spec } = options;
  requireObjectName(`name of ${kind}`, name);
  requireNamespace(`${kind} '${name}'`, namespace);
  const platform = Platform.of(scope);
  const chart = platform.chart(stage, isRoute(stage, apiVersion) ? `${namespace}-routes` : namespace);
  useNamespace(platform, namespace, `${kind} '${name}'`);
  const id = `${kind}-${name}`.toLowerCase();
  if (chart.node.tryFindChild(id)) {
    throw new Error(`${kind} '${name}' in namespace '${namespace}' is defined already: the second would overwrite the first, rename one`);
  }
  return new ApiObject(chart, id, { apiVersion, kind, metadata: { name, namespace, labels: commonLabels(namespace), annotations }, spec });
}

// who may call whom is read apart from how calls go
function isRoute(stage: Stage, apiVersion: string): boolean {
  return stage === Stage.POLICIES && apiVersion.startsWith('networking.istio.io/');
}
