import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../delivery';
import { labels } from './labels';
import { podSecurityLabels, PodSecurityLevel } from './pod-security';

/**
 * What a namespace of the library needs.
 */
export interface NamespaceOptions {
  readonly name: string;
  /** What the namespace belongs to, where its name does not say so. */
  readonly owner?: string;
  readonly podSecurity: PodSecurityLevel;
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
}

/**
 * Defines a namespace with its Pod Security level in the stage of namespaces.
 */
export function defineNamespace(scope: Construct, options: NamespaceOptions): ApiObject {
  const chart = Platform.of(scope).chart(Stage.NAMESPACES, 'namespaces');
  if (chart.node.tryFindChild(options.name)) {
    throw new Error(`namespace '${options.name}' is defined twice in platform '${Platform.of(scope).node.path}': define it once and pass it by reference, or rename one`);
  }
  return new ApiObject(chart, options.name, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: options.name,
      labels: { ...labels(options.name, options.owner ?? options.name), ...podSecurityLabels(options.podSecurity), ...options.labels },
      annotations: options.annotations,
    },
  });
}
