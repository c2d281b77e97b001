import { Judges, Problem, isUnset, number, text } from './places';
import { celFault } from '../../formats/cel';
import { isFilledIn } from '../../model/filled-in';
import { Json, asObject } from '../../model/manifest';
import { durationLengthRefusal } from '../../model/mesh/refused-forms';
import { Refusal } from '../../model/mesh/refused-values';

/** What Istio refuses in a Telemetry beside the values of tags, which MESH-TELEMETRY-TAGS tells of. */
export const TELEMETRY: Judges = {
  'tracing|metrics|accessLogging.*.providers.*.name': text(name => name === '' ? 'the provider has no name' : undefined),
  'tracing.*.randomSamplingPercentage': number(value => value >= 0 && value <= 100, 'from 0 to 100'),
  'tracing.*.customTags': tagProblems,
  'metrics.*.overrides.*.match.customMetric': text(name => name === '' ? 'customMetric is empty' : undefined),
  'metrics.*.reportingInterval': text(durationLengthRefusal),
  'accessLogging.*.filter': filterProblems,
};

/** Where a tag comes from, and the field that says so. */
const SOURCES = { literal: 'value', environment: 'name', header: 'name', formatter: 'value' };

function tagProblems(tags: Json): Problem[] {
  return Object.keys(asObject(tags)).flatMap((name): Problem[] => {
    const unset = Object.entries(SOURCES).filter(([source, field]) => asObject(tags[name])[source] !== undefined && asObject(tags[name][source])[field] === '');
    const empty = unset.map(([source, field]): Problem => [[name, source, field], `tag ${name}: ${source} has an empty ${field}`]);
    return name === '' ? [...empty, [[name], 'a tag has no name']] : empty;
  });
}

function filterProblems(filter: Json): Problem[] {
  const { expression } = asObject(filter);
  if (isUnset(expression)) return [[[], 'the filter has no expression']];
  const refusal = typeof expression === 'string' ? expressionRefusal(expression) : undefined;
  return refusal === undefined ? [] : [[['expression'], refusal]];
}

function expressionRefusal(expression: string): Refusal {
  const fault = isFilledIn(expression) ? undefined : celFault(expression);
  return fault === undefined ? undefined : `"${expression}" is no CEL: ${fault}`;
}
