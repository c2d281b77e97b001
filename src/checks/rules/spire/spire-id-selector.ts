import { Json, Path, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { clusterSpiffeIds } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdSelector: Rule = {
  id: 'SPIRE-ID-SELECTOR',
  level: Level.ERROR,
  title: 'a selector of a ClusterSPIFFEID is not valid',
  why: 'the webhook refuses the object',
  fix: 'use the operators In, NotIn, Exists and DoesNotExist, values where they need them, and labels as Kubernetes has them',
  source: 'observed: webhook of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      for (const name of ['podSelector', 'namespaceSelector']) {
        for (const [path, message] of problems(asObject(id.spec[name]))) report.at(id, ['spec', name, ...path], message);
      }
    }
  },
};

const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

function problems({ matchLabels, matchExpressions }: Json): [Path, string][] {
  const labels = Object.entries(asObject(matchLabels)).flatMap(([key, value]): [Path, string][] => [
    ...KEY.test(key) ? [] : [[['matchLabels', key], `"${key}" is no label`] as [Path, string]],
    ...typeof value !== 'string' || VALUE.test(value) ? [] : [[['matchLabels', key], `"${value}" is no value of a label`] as [Path, string]],
  ]);
  if (matchExpressions !== undefined && matchExpressions !== null && !Array.isArray(matchExpressions)) labels.push([['matchExpressions'], 'matchExpressions is no list']);
  return [...labels, ...asObjects(matchExpressions).flatMap((expression, i): [Path, string][] => {
    const [operator, values] = [asText(expression.operator), asList(expression.values)];
    const path = ['matchExpressions', i];
    if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator)) return [[[...path, 'operator'], `operator "${operator}" is unknown`]];
    if (/In$/.test(operator) && values.length === 0) return [[path, `operator ${operator} has no values`]];
    if (/Exist/.test(operator) && values.length > 0) return [[[...path, 'values'], `operator ${operator} takes no values`]];
    const unknown = Object.keys(expression).find(key => !['key', 'operator', 'values'].includes(key));
    if (unknown !== undefined) return [[[...path, unknown], `an expression has no ${unknown}`]];
    const other = [expression.key, ...values].find(text => typeof text !== 'string');
    if (other !== undefined) return [[path, `${JSON.stringify(other).slice(0, 40)} is no text: write it in quotes`]];
    if (!KEY.test(asText(expression.key))) return [[[...path, 'key'], `"${asText(expression.key)}" is no label`]];
    return values.filter(value => !VALUE.test(asText(value))).map(value => [[...path, 'values'], `"${asText(value)}" is no value of a label`]);
  })];
}
