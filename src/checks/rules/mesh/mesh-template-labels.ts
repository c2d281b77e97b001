import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateLabels: Rule = {
  id: 'MESH-TEMPLATE-LABELS',
  level: Level.ERROR,
  title: 'labels of an injection template are at its root',
  why: 'that is no path of a pod: the labels are lost',
  fix: 'write them under metadata.labels',
  source: 'observed: istioctl kube-inject of the 1.31 line',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      template.text.split('\n').forEach((line, i) => /^(labels|annotations):/.test(line) && report.in(template, i + 1, `${line.replace(/:.*/, '')} at the root of template ${name} are lost`));
    }
  },
};
