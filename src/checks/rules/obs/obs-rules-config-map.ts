import { Embedded } from '../../../model/embedded';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsRulesConfigMap: Rule = {
  id: 'OBS-RULES-CONFIG-MAP',
  level: Level.WARNING,
  title: 'Prometheus rules are in a ConfigMap that nothing mounts',
  why: 'Prometheus reads rules from its own files; the operator reads PrometheusRule objects',
  fix: 'make it a PrometheusRule',
  source: 'prometheus-operator',
  check: (system, report) => {
    for (const rules of system.ruleFiles) {
      const map = rules instanceof Embedded ? rules.outer.manifest : undefined;
      // a container beside Prometheus or Loki takes what has a label for it
      const isTaken = map && Object.keys(map.labels).some(key => /rule/i.test(key));
      if (map && !isTaken && !system.workloads.some(workload => workload.volumes.some(volume => volume.configMap?.name === map.name))) report.at(map, ['data'], `nothing mounts ${map.name}`);
    }
  },
};
