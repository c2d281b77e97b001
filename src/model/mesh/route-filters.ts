import { Problem, TOKEN, hostnameProblem, repeated } from './gateway-api-values';
import { Json, Path, asList, asObject, asObjects, asText } from '../manifest';

/** The field that each kind of filter wants, and that no other may have. */
const FIELDS: Record<string, string> = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  ExtensionRef: 'extensionRef',
  CORS: 'cors',
  ExternalAuth: 'externalAuth',
};
const SEVERAL = ['RequestMirror', 'ExtensionRef'];

/** What the API server has against the filters of a rule, or of a backend. */
export function filterProblems({ filters, matches }: Json, path: Path): Problem[] {
  const listed = asObjects(filters);
  const types = listed.map(({ type }, i) => SEVERAL.includes(type) ? `${i}` : asText(type));
  return [
    ...listed.flatMap((filter, i) => ofFilter(filter, [...path, i], asObjects(matches))),
    ...repeated(types).map((i): Problem => [[...path, i], `there is a filter ${types[i]} already`, 'put both into one filter']),
    ...(types.includes('RequestRedirect') && types.includes('URLRewrite')
      ? [[[...path, types.indexOf('URLRewrite')], 'RequestRedirect and URLRewrite exclude each other'] as const] : []),
  ];
}

function ofFilter(filter: Json, path: Path, matches: readonly Json[]): Problem[] {
  const type = asText(filter.type);
  const own = FIELDS[type];
  if (own === undefined) return [];
  const found: Problem[] = filter[own] === undefined ? [[path, `a filter of type ${type} has no ${own}`]] : [];
  const other = Object.values(FIELDS).find(field => field !== own && filter[field] !== undefined);
  if (other !== undefined) found.push([[...path, other], `a filter of type ${type} has ${other}`]);
  if (own === 'requestRedirect' || own === 'urlRewrite') found.push(...ofTarget(asObject(filter[own]), [...path, own], matches));
  if (/HeaderModifier$/.test(own)) found.push(...ofHeaders(asObject(filter[own]), [...path, own]));
  return found;
}

/** Where a request is sent instead. */
function ofTarget({ hostname, path: replaced }: Json, path: Path, matches: readonly Json[]): Problem[] {
  const found = hostnameProblem([...path, 'hostname'], hostname, false);
  const { type, replaceFullPath, replacePrefixMatch } = asObject(replaced);
  const wanted = { ReplaceFullPath: 'replaceFullPath', ReplacePrefixMatch: 'replacePrefixMatch' }[type as string];
  if (wanted === undefined) return found;
  if (replaced[wanted] === undefined) found.push([[...path, 'path'], `a path of type ${asText(type)} has no ${wanted}`]);
  if (replaceFullPath !== undefined && replacePrefixMatch !== undefined) found.push([[...path, 'path'], 'replaceFullPath and replacePrefixMatch exclude each other']);
  const isPrefix = matches.length === 1 && (asObject(matches[0].path).type ?? 'PathPrefix') === 'PathPrefix' || matches.length === 0;
  if (type === 'ReplacePrefixMatch' && !isPrefix && replacePrefixMatch !== undefined) {
    found.push([[...path, 'path'], 'replacePrefixMatch wants a rule with exactly one match, of type PathPrefix']);
  }
  return found;
}

function ofHeaders(modifier: Json, path: Path): Problem[] {
  return ['add', 'set'].flatMap(field => {
    const headers = asObjects(modifier[field]);
    const names = headers.map(({ name }) => asText(name));
    return [
      ...names.flatMap((name, i): Problem[] => name === '' || TOKEN.test(name) ? [] : [[[...path, field, i, 'name'], `"${name}" is no name of a header`]]),
      ...repeated(names).map((i): Problem => [[...path, field, i, 'name'], `the header ${names[i]} is there twice`]),
    ];
  }).concat(asList(modifier.remove).length !== new Set(asList(modifier.remove)).size ? [[[...path, 'remove'], 'a header is there twice']] : []);
}
