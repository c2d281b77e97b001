import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateHostPath: Rule = {
  id: 'MESH-TEMPLATE-HOST-PATH',
  level: Level.ERROR,
  title: 'an injection template mounts a folder of the node',
  why: 'pods of namespaces with the baseline standard are refused, and the folder opens more than the socket',
  fix: 'use the csi driver csi.spiffe.io',
  source: 'istio.io, integrations/spire; Pod Security Standards',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      template.text.split('\n').forEach((line, i) => /^\s*(-\s*)?hostPath:/.test(line) && report.in(template, i + 1, `template ${name} has a hostPath volume`));
    }
  },
};
