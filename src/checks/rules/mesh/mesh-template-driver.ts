import { injectionTemplates } from '../../../model/mesh/templates';
import { csiDriverNames, isMissingDriver } from '../../csi-driver-names';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTemplateDriver: Rule = {
  id: 'MESH-TEMPLATE-DRIVER',
  level: Level.ERROR,
  title: 'an injection template names a CSI driver that is not installed',
  why: 'every injected pod stays in ContainerCreating',
  fix: 'use the name of the CSIDriver object, in the chart spiffe-csi-driver.pluginName',
  source: 'spiffe-csi README',
  check: (system, report) => {
    const drivers = csiDriverNames(system);
    for (const [name, template] of drivers.length > 0 ? injectionTemplates(system) : []) {
      template.text.split('\n').forEach((line, i) => {
        const driver = /driver:\s*["']?([\w.-]+)/.exec(line)?.[1] ?? '';
        if (isMissingDriver(system, driver)) report.in(template, i + 1, `template ${name} uses ${driver}, installed is ${drivers.join(', ')}`);
      });
    }
  },
};
