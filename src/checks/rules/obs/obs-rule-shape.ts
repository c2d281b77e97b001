import { alertRules } from '../../../model/alert-rules';
import { isFilledIn } from '../../../model/filled-in';
import { asText } from '../../../model/manifest';
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
    for (const { manifest, path, rule } of alertRules(system)) {
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
