import { Json, Manifest, Path, asObject } from '../../../model/manifest';
import { MANAGER_SHAPE, ManagerShape } from '../../../model/spire/manager-shape';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireManagerConfig: Rule = {
  id: 'SPIRE-MANAGER-CONFIG',
  level: Level.WARNING,
  title: 'a key of the controller manager\'s configuration is unknown',
  why: 'unknown keys are ignored without a word, at every level',
  fix: 'correct the key',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const manager of system.managers) {
      tellUnknown(manager, manager.value, MANAGER_SHAPE, [], report);
    }
  },
};

function tellUnknown(manager: Manifest, value: Json, shape: ManagerShape, path: Path, report: Report): void {
  for (const key of Object.keys(value)) {
    const here = [...path, key];
    const inner = Object.prototype.hasOwnProperty.call(shape, key) ? shape[key] : undefined;
    if (inner === undefined) report.at(manager, here, `unknown key "${here.join('.')}"${HINTS[key] ?? ''}`);
    else if (typeof inner === 'object') tellUnknown(manager, asObject(value[key]), inner, here, report);
  }
}

const HINTS: Record<string, string> = { healthProbe: ': write health', healthProbeBindAddress: ': it belongs into health' };
