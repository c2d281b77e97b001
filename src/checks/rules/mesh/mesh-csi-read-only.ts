import { asObject, asObjects, asText } from '../../../model/manifest';
import { gatewayCharts } from '../../../model/mesh/gateway-charts';
import { injectionTemplates } from '../../../model/mesh/templates';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshCsiReadOnly: Rule = {
  id: 'MESH-CSI-READ-ONLY',
  level: Level.ERROR,
  title: 'a SPIFFE CSI volume is not read-only',
  why: 'the driver refuses to mount it, and the pod stays in ContainerCreating',
  fix: 'set readOnly: true on the csi volume',
  source: 'spiffe-csi pkg/driver/driver.go',
  check: (system, report) => {
    for (const workload of system.workloads) {
      workload.volumes.forEach((volume, i) => {
        if (volume.csi?.driver === 'csi.spiffe.io' && volume.csi.readOnly !== true) report.at(workload.manifest, workload.at('spec', 'volumes', i), `volume ${asText(volume.name)} has no readOnly: true`);
      });
    }
    for (const chart of gatewayCharts(system)) {
      asObjects(chart.value.volumes).forEach((volume, i) => {
        const { driver, readOnly } = asObject(volume.csi);
        if (driver === 'csi.spiffe.io' && readOnly !== true) report.at(chart, ['volumes', i], `volume ${asText(volume.name)} has no readOnly: true`);
      });
    }
    for (const [name, template] of injectionTemplates(system)) {
      const lines = template.text.split('\n');
      lines.forEach((line, i) => {
        if (!/driver:\s*["']?csi\.spiffe\.io/.test(line)) return;
        if (!/readOnly:\s*true/.test(lines.slice(Math.max(0, i - 3), i + 4).join('\n'))) report.in(template, i + 1, `the csi volume of template ${name} has no readOnly: true`);
      });
    }
  },
};
