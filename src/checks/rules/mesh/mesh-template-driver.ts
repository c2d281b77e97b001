import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateDriver: Rule = {
  id: 'MESH-TEMPLATE-DRIVER',
  level: Level.ERROR,
  title: 'an injection template names a CSI driver that is not installed',
  why: 'every injected pod stays in ContainerCreating',
  fix: 'use the name of the CSIDriver object',
  source: 'spiffe-csi README',
  check: (system, report) => {
    const drivers = system.all('CSIDriver').map(driver => driver.name).filter(name => /spiffe/.test(name));
    for (const [name, template] of drivers.length > 0 ? injectionTemplates(system) : []) {
      template.text.split('\n').forEach((line, i) => {
        const driver = /driver:\s*["']?([\w.-]+)/.exec(line)?.[1] ?? '';
        if (/spiffe|spire/.test(driver) && !drivers.includes(driver)) report.in(template, i + 1, `template ${name} uses ${driver}, installed is ${drivers.join(', ')}`);
      });
    }
  },
};
