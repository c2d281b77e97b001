import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsScrapeTimeout: Rule = {
  id: 'OBS-SCRAPE-TIMEOUT',
  level: Level.ERROR,
  title: 'a monitor waits longer for an answer than it is from one question to the next',
  why: 'the operator refuses the endpoint: nothing of it is scraped',
  fix: 'make scrapeTimeout no longer than interval',
  source: 'prometheus-operator pkg/prometheus, validateScrapeIntervalAndTimeout',
  check: (system, report) => {
    for (const [kind, field] of [['ServiceMonitor', 'endpoints'], ['PodMonitor', 'podMetricsEndpoints']]) {
      for (const monitor of system.all(kind).filter(({ group }) => group === 'monitoring.coreos.com')) {
        asObjects(monitor.spec[field]).forEach(({ interval, scrapeTimeout }, i) => {
          const [between, wait] = [seconds(asText(interval)), seconds(asText(scrapeTimeout))];
          if (between !== undefined && wait !== undefined && wait > between) report.at(monitor, ['spec', field, i, 'scrapeTimeout'], `scrapeTimeout is ${asText(scrapeTimeout)}, interval is ${asText(interval)}`);
        });
      }
    }
  },
};

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 };

/** A duration of Prometheus in seconds; undefined where it is none. */
function seconds(text: string): number | undefined {
  if (!/^(\d+(ms|[smhd]))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)(ms|[smhd])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit], 0);
}
