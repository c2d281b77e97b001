import { Json, Manifest, Path, asObject, asObjects } from './manifest';
import { System } from './system';

/** A rule of Prometheus and where it stands. */
export interface AlertRule {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly rule: Json;
}

/** All rules of Prometheus, in objects and in files. */
export function alertRules(system: System): AlertRule[] {
  const objects = system.all('PrometheusRule').filter(({ group }) => group === 'monitoring.coreos.com')
    .map(manifest => ({ manifest, path: ['spec', 'groups'] as Path, groups: manifest.spec.groups }));
  const files = system.ruleFiles.filter(isOfPrometheus).map(manifest => ({ manifest, path: ['groups'] as Path, groups: asObject(manifest.value).groups }));
  return [...objects, ...files].flatMap(({ manifest, path, groups }) => asObjects(groups).flatMap((group, i) =>
    asObjects(group.rules).map((rule, j) => ({ manifest, path: [...path, i, 'rules', j], rule }))));
}

/** Files of other programs have groups of rules, too. */
function isOfPrometheus({ value }: Manifest): boolean {
  const rules = asObjects(asObject(value).groups).flatMap(group => asObjects(group.rules));
  return rules.some(({ alert, record, expr }) => (alert ?? record ?? expr) !== undefined);
}
