import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../../formats/go-duration';
import { labels, requireLabels } from '../labels';

/**
 * A time series that Prometheus computes and keeps.
 */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

/**
 * A condition that somebody has to hear of.
 */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: Duration;
  readonly severity: 'warning' | 'critical';
  readonly summary: string;
  readonly description: string;
}

/**
 * A group of rules that Prometheus evaluates together, in order.
 */
export interface RuleGroup {
  readonly name: string;
  readonly rules: (RecordingRule | AlertingRule)[];
}

/**
 * Where a PrometheusRule is and who reads it.
 */
export interface PrometheusRuleOptions {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  readonly groups: RuleGroup[];
}

/**
 * Defines a PrometheusRule of the Prometheus operator.
 */
export function definePrometheusRule(chart: Construct, options: PrometheusRuleOptions): ApiObject {
  requireLabels('ruleLabels', options.labels);
  return new ApiObject(chart, 'prometheus-rule', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: options.name, namespace: options.namespace, labels: { ...labels(options.name, options.namespace), ...options.labels } },
    spec: {
      groups: options.groups.map((group) => ({ name: group.name, rules: group.rules.map(render) })),
    },
  });
}

function render(rule: RecordingRule | AlertingRule): object {
  if ('record' in rule) {
    return { record: rule.record, expr: rule.expr };
  }
  return {
    alert: rule.alert,
    expr: rule.expr,
    for: goDuration(rule.for),
    labels: { severity: rule.severity },
    annotations: { summary: rule.summary, description: rule.description },
  };
}
