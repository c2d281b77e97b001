import { Json, Manifest, Path, asObject, asObjects, asText } from './manifest';
import { once } from './once';
import { System } from './system';

/** A PromQL expression and where it stands. */
export interface Query {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly text: string;
  /** Whether it is evaluated by itself, as a rule, and not a panel's. */
  readonly isRule: boolean;
  /** The type of the data source of a panel, where it says one. */
  readonly datasource?: string;
}

/** Every PromQL expression of rules and dashboards. */
export const queriesOf = once((system: System): readonly Query[] => {
  const rules = [...system.all('PrometheusRule').filter(manifest => manifest.group === 'monitoring.coreos.com').flatMap(manifest => groups(manifest, ['spec', 'groups'], manifest.spec.groups)),
    ...system.ruleFiles.flatMap(manifest => groups(manifest, ['groups'], asObject(manifest.value).groups))];
  return [...rules, ...system.dashboards.flatMap(panels)].filter(query => query.text !== '');
});

function groups(manifest: Manifest, path: Path, value: Json): Query[] {
  return asObjects(value).flatMap((group, i) => asObjects(group.rules).map((rule, j) => ({ manifest, path: [...path, i, 'rules', j, 'expr'], text: asText(rule.expr), isRule: true })));
}

function panels(manifest: Manifest): Query[] {
  const wrapped = asObject(manifest.value.dashboard).panels !== undefined;
  return panelsOf(manifest, wrapped ? ['dashboard'] : [], wrapped ? asObject(manifest.value.dashboard) : asObject(manifest.value));
}

/** The expressions of panels, and of panels in rows. */
function panelsOf(manifest: Manifest, path: Path, parent: Json): Query[] {
  return asObjects(parent.panels).flatMap((panel, i) => {
    const place: Path = [...path, 'panels', i];
    return [...asObjects(panel.targets).map((target, j) => ({ manifest, path: [...place, 'targets', j, 'expr'], text: asText(target.expr), isRule: false, datasource: asText(asObject(target.datasource ?? panel.datasource).type) })), ...panelsOf(manifest, place, panel)];
  });
}

/** The selectors of a metric in an expression: what stands in its braces. */
export function selectorsOf(text: string, metric: RegExp): string[] {
  return [...text.matchAll(new RegExp(`\\b(?:${metric.source})\\b\\s*(\\{[^}]*\\})?`, 'g'))].map(match => match[match.length - 1] ?? '');
}
