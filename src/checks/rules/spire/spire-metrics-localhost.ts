import { ingressPolicies } from '../../../model/kubernetes/network-policy';
import { selects } from '../../../model/kubernetes/selector';
import { Manifest, asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireMetricsLocalhost: Rule = {
  id: 'SPIRE-METRICS-LOCALHOST',
  level: Level.WARNING,
  title: 'metrics are served on localhost and something wants to scrape them',
  why: 'nothing outside the pod reaches localhost',
  fix: 'set host = "0.0.0.0" in telemetry.Prometheus',
  source: 'pkg/common/telemetry/prometheus.go',
  check: (system, report) => {
    const monitors = [...system.all('PodMonitor'), ...system.all('ServiceMonitor')];
    for (const program of [...system.servers, ...system.agents]) {
      const prometheus = program.config?.file.block('telemetry')?.block('Prometheus');
      const { workload } = program;
      if (!prometheus || !workload) continue;
      const isOfNode = workload.pod.hostNetwork === true;
      const scraped = monitors.some(monitor => monitor.kind === 'PodMonitor' && monitor.spec.selector && selects(monitor.spec.selector, workload.labels))
        || !isOfNode && workload.annotations['prometheus.io/scrape'] === 'true'
        || !isOfNode && opensPortByNumber(ingressPolicies(system, workload), prometheus.int('port'));
      const host = prometheus.text('host') || 'localhost';
      if (scraped && (host === 'localhost' || host.startsWith('127.'))) report.in(program.text, prometheus.at('host').line, `metrics are on ${host}`);
    }
  },
};

/** Whether policies open a port on purpose, which nobody does for what nobody asks. */
function opensPortByNumber(policies: readonly Manifest[], port: number | undefined): boolean {
  return policies.some(({ spec }) => asObjects(spec.ingress)
    .some(rule => asObjects(rule.ports).some(one => one.port === port && one.endPort === undefined)));
}
