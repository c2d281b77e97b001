import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../delivery';
import { IMesh } from '../istio';
import { MESH_RULES } from './mesh-rules';
import { addPrometheusChecks } from './prometheus-checks';
import { definePrometheusRule } from './prometheus-rule';
import { spireRules } from './spire-rules';
import { requireProps } from '../../identity/require-props';

/**
 * How a mesh is watched.
 */
export interface MeshMonitoringProps {
  /**
   * The mesh that is watched.
   */
  readonly mesh: IMesh;

  /**
   * Labels by which Prometheus finds the rules, such as `release: kube-prometheus-stack`.
   *
   * @default - no further labels, for a Prometheus that takes all rules
   */
  readonly ruleLabels?: { [key: string]: string };
}

/**
 * Recording rules and alerts over the identities in a mesh.
 *
 * Request rates, errors and latency from identity to identity, denials, requests without mutual TLS, a CA that is not renewed, and agents that hear nothing.
 *
 * The cluster needs the Prometheus operator.
 */
export class MeshMonitoring extends Construct {
  /**
   * The PrometheusRule.
   */
  public readonly prometheusRule: ApiObject;

  public constructor(scope: Construct, id: string, props: MeshMonitoringProps) {
    super(scope, id);
    requireProps(`MeshMonitoring '${id}'`, props, { mesh: 'IMesh' });
    const chart = Platform.of(this).chart(Stage.MONITORING, 'mesh-monitoring');
    this.prometheusRule = definePrometheusRule(chart, {
      name: 'spiffe-mesh',
      namespace: props.mesh.rootNamespace,
      labels: props.ruleLabels ?? {},
      groups: [...MESH_RULES, spireRules(props.mesh.spire.caTtl)],
    });
    addPrometheusChecks(Platform.of(this), MESH_RULES[0], [
      { metric: 'istio_requests_total', of: 'the proxies' },
      { metric: 'spire_server_started', of: 'the SPIRE server' },
      { metric: 'spire_agent_started', of: 'the SPIRE agents' },
    ]);
  }
}
