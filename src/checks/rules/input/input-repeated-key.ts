import { Manifest } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputRepeatedKey: Rule = {
  id: 'INPUT-REPEATED-KEY',
  level: Level.WARNING,
  title: 'a key is there more than once in one mapping',
  why: 'the last one counts and the others are dropped without a word; strict readers refuse the document',
  fix: 'write the key once, with everything that belongs under it',
  source: 'YAML 1.2, 3.2.1.3',
  check: (system, report) => {
    for (const manifest of documentsOf(system)) {
      // Templates of ytt write alternatives as equal keys under conditions.
      if (manifest.repeated.length === 0 || /^[ \t]*#@/m.test(manifest.text)) continue;
      for (const { path, line, before } of manifest.repeated) {
        report.on(manifest, line, `${path.join('.')} is there already on line ${before}: what is written there is lost`);
      }
    }
  },
};

/** The objects of the input, and the documents inside of ConfigMaps. */
function documentsOf(system: System): Set<Manifest> {
  const inside = [...system.managers, ...system.envoys, ...system.ruleFiles, ...system.dashboards, ...system.meshes.map(mesh => mesh.manifest)];
  return new Set([...system.manifests, ...inside]);
}
