import { RuleGroup } from './prometheus-rule';
import { Platform, Stage } from '../../delivery';

/**
 * A metric without which rules see nothing, and who has it.
 */
export interface ScrapedMetric {
  readonly metric: string;
  readonly of: string;
}

/**
 * The Prometheus operator gives this Service to each Prometheus, whatever its name.
 */
const API = '"/api/v1/namespaces/$(kubectl get prometheus -A -o jsonpath=\'{.items[0].metadata.namespace}\')/services/prometheus-operated:9090/proxy/api/v1';

/** What the page of a platform asks for already. */
const ASKED = new WeakMap<Platform, Set<string>>();

/**
 * Adds the commands that ask Prometheus itself whether it took the rules, and whether it has what they read.
 */
export function addPrometheusChecks(platform: Platform, group: RuleGroup, metrics: ScrapedMetric[]): void {
  platform.addStepAfter(Stage.MONITORING, {
    purpose: 'See that Prometheus has taken the rules, which needs a minute (one that never does selects rules by labels: give them as `ruleLabels`)',
    command: `kubectl get --raw ${API}/rules" | grep -o '"name":"${group.name}"'`,
    expected: `"name":"${group.name}"`,
  });
  const asked = ASKED.get(platform) ?? new Set<string>();
  ASKED.set(platform, asked);
  for (const { metric, of } of metrics.filter((one) => !asked.has(one.metric))) {
    asked.add(metric);
    platform.addStepAfter(Stage.MONITORING, {
      purpose: `See that Prometheus scrapes ${of}: without that no alert over them fires`,
      command: `kubectl get --raw ${API}/query?query=count(${metric})" | grep -o '"value":.*'`,
      expected: '"value":[...,"<a number above 0>"]; no line: nothing is scraped',
    });
  }
}
