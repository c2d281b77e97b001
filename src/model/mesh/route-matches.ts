import { Problem, TOKEN, repeated } from './gateway-api-values';
import { isFilledIn } from '../filled-in';
import { Json, Path, asObject, asObjects, asText } from '../manifest';

const CHARACTERS = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const NEVER = ['//', '/./', '/../', '%2f', '%2F', '#'];

/** What the API server has against the matches of a rule. */
export function matchProblems(matches: unknown, path: Path): Problem[] {
  return asObjects(matches).flatMap((match, i) => [
    ...ofPath(asObject(match.path), [...path, i, 'path', 'value']),
    ...['headers', 'queryParams'].flatMap(field => ofNames(match[field], [...path, i, field])),
  ]);
}

function ofPath({ type, value }: Json, path: Path): Problem[] {
  const text = asText(value);
  if (type === 'RegularExpression' || text === '' || isFilledIn(text)) return [];
  if (!text.startsWith('/')) return [[path, `path "${text}" does not start with /`]];
  const never = NEVER.find(part => text.includes(part)) ?? ['/..', '/.'].find(end => text.endsWith(end));
  if (never !== undefined) return [[path, `path "${text}" has ${never}`]];
  return CHARACTERS.test(text) ? [] : [[path, `path "${text}" has characters that no path has`, 'write them as %20 and the like, or use type RegularExpression']];
}

function ofNames(listed: unknown, path: Path): Problem[] {
  const names = asObjects(listed).map(({ name }) => asText(name));
  return [
    ...names.flatMap((name, i): Problem[] => name === '' || TOKEN.test(name) ? [] : [[[...path, i, 'name'], `"${name}" is no name of a header or parameter`]]),
    ...repeated(names).map((i): Problem => [[...path, i, 'name'], `${names[i]} is there twice: the second is not looked at`, 'match both values by one regular expression']),
  ];
}
