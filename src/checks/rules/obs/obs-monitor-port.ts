import { selects } from '../../../model/kubernetes/selector';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsMonitorPort: Rule = {
  id: 'OBS-MONITOR-PORT',
  level: Level.ERROR,
  title: 'a monitor scrapes a port that no pod has',
  why: 'nothing is scraped, and no target appears',
  fix: 'use the name of the container port',
  source: 'helm-charts-hardened pull request 930',
  check: (system, report) => {
    for (const monitor of system.all('PodMonitor')) {
      if (Object.keys(asObject(monitor.spec.selector)).length === 0) continue;
      const pods = system.workloads.filter(workload => selects(monitor.spec.selector, workload.labels));
      const containers = pods.flatMap(workload => workload.containers);
      const ports = containers.flatMap(container => asObjects(container.value.ports).map(port => asText(port.name)));
      asObjects(monitor.spec.podMetricsEndpoints).forEach((endpoint, i) => {
        const port = asText(endpoint.port);
        if (pods.length === 0 || port === '' || ports.includes(port)) return;
        const known = [...new Set(ports)].filter(name => name !== '').join(', ') || 'none';
        report.at(monitor, ['spec', 'podMetricsEndpoints', i, 'port'], `no selected pod has a port ${port}; they have ${known}`);
      });
    }
    for (const monitor of system.all('ServiceMonitor').filter(({ spec }) => Object.keys(asObject(spec.selector)).length > 0)) {
      const names = asObject(monitor.spec.namespaceSelector).matchNames;
      const isAny = asObject(monitor.spec.namespaceSelector).any === true;
      const services = system.all('Service').filter(service => selects(monitor.spec.selector, service.labels)
        && (isAny || (Array.isArray(names) ? names.includes(service.namespace) : service.namespace === monitor.namespace)));
      const ports = services.flatMap(service => asObjects(service.spec.ports).map(port => asText(port.name)));
      asObjects(monitor.spec.endpoints).forEach((endpoint, i) => {
        const port = asText(endpoint.port);
        if (services.length > 0 && port !== '' && !ports.includes(port)) report.at(monitor, ['spec', 'endpoints', i, 'port'], `no selected Service has a port ${port}; they have ${ports.filter(name => name !== '').join(', ') || 'none'}`);
      });
    }
  },
};
