import { heldDocuments } from '../../../model/helm';
import { Json, Manifest, Path, asObject, asText } from '../../../model/manifest';
import { injectionTemplates } from '../../../model/mesh/templates';
import { System } from '../../../model/system';
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
        if (/(^|\.)csi\.spiffe\.io$/.test(asText(volume.csi?.driver)) && volume.csi.readOnly !== true) report.at(workload.manifest, workload.at('spec', 'volumes', i), `volume ${asText(volume.name)} has no readOnly: true`);
      });
    }
    for (const { manifest, path, name } of releasesVolumes(system)) report.at(manifest, path, `volume ${name} has no readOnly: true`);
    for (const [name, template] of injectionTemplates(system)) {
      const lines = template.text.split('\n');
      lines.forEach((line, i) => {
        if (!/driver:\s*["']?([\w-]+\.)?csi\.spiffe\.io/.test(line)) return;
        if (!/readOnly:\s*true/.test(lines.slice(Math.max(0, i - 3), i + 4).join('\n'))) report.in(template, i + 1, `the csi volume of template ${name} has no readOnly: true`);
      });
    }
  },
};

/** The volumes that values of releases hand to workloads as they are, without readOnly. */
function releasesVolumes(system: System): { manifest: Manifest; path: Path; name: string }[] {
  const releases = ['HelmRelease', 'HelmChart', 'Application', 'ApplicationSet', 'Kustomization'].flatMap(kind => system.all(kind)).filter(({ value }) => JSON.stringify(value).includes('csi.spiffe.io'));
  return releases.flatMap(heldDocuments)
    .flatMap(manifest => wrongVolumes(manifest.value, []).map(volume => ({ manifest, ...volume })));
}

function wrongVolumes(value: Json, path: Path): { path: Path; name: string }[] {
  if (typeof value !== 'object' || value === null || path.length > 12) return [];
  const csi = asObject(asObject(value).csi);
  if (/(^|\.)csi\.spiffe\.io$/.test(asText(csi.driver)) && typeof value.name === 'string') return csi.readOnly === true ? [] : [{ path, name: value.name }];
  return Object.entries(value).flatMap(([key, inner]) => wrongVolumes(inner, [...path, Array.isArray(value) ? Number(key) : key]));
}
