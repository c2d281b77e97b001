import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsMonitorNamespace: Rule = {
  id: 'OBS-MONITOR-NAMESPACE',
  level: Level.ERROR,
  title: 'a monitor\'s namespaceSelector is not one',
  why: 'it takes matchNames or any: labels in it are dropped, and only the own namespace is looked at',
  fix: 'write namespaceSelector: {matchNames: […]}',
  source: 'prometheus-operator CRD; helm-charts-hardened 0.30.0',
  check: (system, report) => {
    for (const kind of ['PodMonitor', 'ServiceMonitor']) {
      for (const monitor of system.all(kind)) {
        const keys = Object.keys(asObject(monitor.spec.namespaceSelector)).filter(key => key !== 'matchNames' && key !== 'any');
        if (keys.length > 0) report.at(monitor, ['spec', 'namespaceSelector', keys[0]], `namespaceSelector has no ${keys[0]}`);
      }
    }
  },
};
