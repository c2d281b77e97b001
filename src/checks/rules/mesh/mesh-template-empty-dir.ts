import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateEmptyDir: Rule = {
  id: 'MESH-TEMPLATE-EMPTY-DIR',
  level: Level.INFO,
  title: 'an injection template does not clear the built-in emptyDir',
  why: 'gateway templates up to Istio 1.26 and waypoints up to 1.30 then have two volume types and are refused',
  fix: 'write emptyDir: null beside csi',
  source: 'istio issues 46988, 48864, 60108',
  check: (system, report) => {
    for (const [name, template] of injectionTemplates(system)) {
      const line = template.text.split('\n').findIndex(text => /driver:\s*["']?csi\.spiffe\.io/.test(text)) + 1;
      if (line > 0 && !/emptyDir:\s*(null|~)?\s*([,}]|$)/m.test(template.text)) report.in(template, line, `template ${name} has no emptyDir: null`);
    }
  },
};
