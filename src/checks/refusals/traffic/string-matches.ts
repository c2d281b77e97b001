import { nameRefusal } from './headers';
import { Judge, Problem } from '../places';
import { expressionRefusal } from './regular-expressions';
import { isGiven, told } from './values';
import { Json, asObject } from '../../../model/manifest';

const WAYS = ['exact', 'prefix', 'regex'];

/** How a text is compared. */
export const stringMatch: Judge = value => [...oneWay(value), ...emptyPrefix(value), ...expression(value)];

/** How a path is compared: every path has an empty prefix. */
export const uriMatch: Judge = value => [...oneWay(value), ...expression(value)];

/** An origin that a browser may call from. */
export const originMatch: Judge = value => {
  const given = WAYS.filter(way => isGiven(asObject(value)[way]));
  const isEmpty = given.every(way => value[way] === '');
  return isEmpty ? [[[], 'an origin is empty: exact, prefix or regex with text is wanted']] : [...oneWay(value), ...expression(value)];
};

/** How headers are compared, or that they are not there. */
export function headerMatches(mayBeStar: boolean): Judge {
  return headers => Object.keys(asObject(headers)).flatMap((name): Problem[] => {
    const match = asObject(headers[name]);
    const isMissing = !mayBeStar && headers[name] === null;
    const found = isMissing ? [[[], `header ${name} is compared with nothing: write {} where any value will do`] as Problem]
      : mayBeStar && match.regex === '*' ? [] : stringMatch(match) as readonly Problem[];
    return [...told(nameRefusal(name), name), ...found.map(([path, message]): Problem => [[name, ...path], message])];
  });
}

function oneWay(value: Json): Problem[] {
  const given = WAYS.filter(way => isGiven(asObject(value)[way]));
  return given.length > 1 ? [[[given[1]], `${given.join(' and ')} exclude each other`]] : [];
}

function emptyPrefix(value: Json): Problem[] {
  return asObject(value).prefix === '' ? [[['prefix'], 'the prefix is empty: write {} where any value will do']] : [];
}

function expression(value: Json): Problem[] {
  const { regex } = asObject(value);
  if (regex === '') return [[['regex'], 'the regular expression is empty']];
  return typeof regex === 'string' ? told(expressionRefusal(regex), 'regex') : [];
}
