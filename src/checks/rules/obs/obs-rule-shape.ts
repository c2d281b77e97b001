import { isFilledIn } from '../../../model/filled-in';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsRuleShape: Rule = {
  id: 'OBS-RULE-SHAPE',
  level: Level.ERROR,
  title: 'Prometheus refuses a rule',
  why: 'one refused rule keeps the whole file from being loaded',
  fix: 'give each rule either record or alert, an expr, and for as 10m',
  source: 'promtool check rules',
  check: (system, report) => {
    for (const { manifest, path, rule } of rulesOf(system)) {
      const [record, alert] = [asText(rule.record), asText(rule.alert)];
      if (record !== '' && alert !== '') report.at(manifest, [...path, 'record'], `record "${record}" beside alert "${alert}"`);
      if (record === '' && alert === '') report.at(manifest, path, 'there is neither record nor alert');
      if (asText(rule.expr).trim() === '') report.at(manifest, [...path, 'expr'], 'there is no expr');
      const wait = asText(rule.for);
      if (wait !== '' && !/^(\d+(ms|[smhdwy]))+$|^0$/.test(wait) && !isFilledIn(wait)) report.at(manifest, [...path, 'for'], `for "${wait}" is no duration`);
      if (record !== '' && rule.for !== undefined) report.at(manifest, [...path, 'for'], 'a recording rule has no for');
    }
  },
};

function rulesOf(system: System): { manifest: Manifest; path: Path; rule: Json }[] {
  const objects = system.all('PrometheusRule').filter(({ group }) => group === 'monitoring.coreos.com')
    .map(manifest => ({ manifest, path: ['spec', 'groups'] as Path, groups: manifest.spec.groups }));
  const files = system.ruleFiles.map(manifest => ({ manifest, path: ['groups'] as Path, groups: asObject(manifest.value).groups }));
  return [...objects, ...files].flatMap(({ manifest, path, groups }) => asObjects(groups).flatMap((group, i) =>
    asObjects(group.rules).map((rule, j) => ({ manifest, path: [...path, i, 'rules', j], rule }))));
}
