import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsHpa: Rule = {
  id: 'OPS-HPA',
  level: Level.ERROR,
  title: 'an autoscaler has a metric without its body, or more replicas at least than at most',
  why: 'the API server refuses it',
  fix: 'write containerResource: for type ContainerResource',
  source: 'helm-charts-hardened 0.30.0; Kubernetes autoscaling/v2',
  check: (system, report) => {
    for (const scaler of system.all('HorizontalPodAutoscaler')) {
      asObjects(scaler.spec.metrics).forEach((metric, i) => {
        const type = asText(metric.type);
        const field = type === '' ? '' : type[0].toLowerCase() + type.slice(1);
        if (field !== '' && metric[field] === undefined) report.at(scaler, ['spec', 'metrics', i], `type ${type} without ${field}`);
      });
      const { minReplicas = 1, maxReplicas } = scaler.spec;
      if (Number.isInteger(maxReplicas) && maxReplicas < minReplicas) report.at(scaler, ['spec', 'maxReplicas'], `maxReplicas is ${maxReplicas}, minReplicas ${minReplicas}`, 'let maxReplicas be the larger one');
    }
  },
};
