import { Problem } from '../places';
import { told } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asObject, asText } from '../../../model/manifest';
import { Refusal } from '../../../model/mesh/refused-values';

const LONGEST_VALUE = 63;

/** Labels that pods are selected by: none of them may have a star. */
export function selectorProblems(selected: Json): Problem[] {
  return Object.keys(asObject(selected)).flatMap(key => told(selectorRefusal(key, asText(selected[key])), key));
}

function selectorRefusal(key: string, value: string): Refusal {
  if (isFilledIn(key) || isFilledIn(value)) return undefined;
  if (key === '') return 'a label of the selector has no name';
  if (key.includes('*') || value.includes('*')) return `label "${key}: ${value}" has a star: a selector takes whole names and values only`;
  return value.length > LONGEST_VALUE ? `the value of label ${key} has ${value.length} characters: ${LONGEST_VALUE} are taken at most` : undefined;
}
