import { destinationProblems, isNamed, weightProblems } from './destinations';
import { authorityProblems, headerProblems } from './headers';
import { cors, fault, httpStatus, retries } from './http-policies';
import { Judges, Problem, isUnset, problemsOf, text } from '../places';
import { expressionRefusal } from './regular-expressions';
import { headerMatches, stringMatch, uriMatch } from './string-matches';
import { duration, isGiven, isOpen, labels, oneOf, percent, portOrNone, told, within, word } from './values';
import { Json, asObject, asObjects } from '../../../model/manifest';
import { isDnsLabel } from '../../../model/mesh/refused-values';
import { isVariable } from '../../schemas/notation';

const LONGEST_BODY = 1024 * 1024;

/** What Istio refuses in an http route, value by value. */
const ROUTE: Judges = {
  'match.*.headers': headerMatches(false),
  'match.*.withoutHeaders': headerMatches(true),
  'match.*.uri': uriMatch,
  'match.*.scheme|method|authority': stringMatch,
  'match.*.queryParams.*': stringMatch,
  'match.*.port': portOrNone,
  'match.*.sourceLabels': labels,
  'match.*.sourceNamespace': text(name => name === '' || isDnsLabel(name) ? undefined : `"${name}" is no name of a namespace`),
  'headers': headerProblems,
  'route.*.headers': headerProblems,
  'route.*.destination': destinationProblems,
  'route': weightProblems,
  'mirror': destinationProblems,
  'mirrors.*.destination': destinationProblems,
  'mirrors.*.percentage.value': percent,
  'mirrorPercent|mirror_percent': percent,
  'mirrorPercentage.value': percent,
  'corsPolicy': cors,
  'fault': fault,
  'retries': retries,
  'redirect': redirectProblems,
  'redirect.redirectCode': value => value === 0 ? undefined : within(300, 399, 'redirectCode')(value),
  'redirect.scheme': word(['http', 'https'], 'scheme'),
  'redirect.port': portOrNone,
  'directResponse.status': httpStatus('status'),
  'directResponse.body': oneOf('string', 'bytes'),
  'directResponse.body.string': text(body => body.length > LONGEST_BODY ? 'the body of a response may have 1 MiB' : undefined),
  'rewrite': rewriteProblems,
  'timeout': duration,
};

/** What Istio refuses in an http route of a VirtualService, or in one that another delegates to. */
export function httpRouteProblems(route: Json, isDelegate: boolean): Problem[] {
  return [
    ...isOpen(route) ? [] : conflicts(route, isDelegate),
    ...problemsOf(ROUTE, route, []),
    ...authorityProblems(route),
    ...prefixProblems(route),
  ];
}

const EXCLUSIVE: readonly (readonly [what: string, others: readonly string[]])[] = [
  ['redirect', ['route', 'fault', 'rewrite', 'directResponse']],
  ['directResponse', ['route', 'fault', 'rewrite']],
];

function conflicts(route: Json, isDelegate: boolean): Problem[] {
  const has = (name: string): boolean => name === 'route' ? !isUnset(route.route) : isGiven(route[name]);
  if (has('delegate') && !isDelegate) {
    return ['redirect', 'route'].filter(has).map((name): Problem => [[name], `${name} beside delegate: who is delegated to says where it leads`]);
  }
  const found: Problem[] = has('delegate') ? [[['delegate'], 'a VirtualService without hosts is delegated to, and cannot delegate itself']] : [];
  const [answer, others] = EXCLUSIVE.find(([name]) => has(name)) ?? [];
  if (others) for (const name of others.filter(has)) found.push([[name], `${name} beside ${answer}: there is nothing to send on`]);
  else if (!has('route')) found.push([[], 'the route leads nowhere: route, redirect or directResponse is wanted']);
  return has('mirror') && !isUnset(route.mirrors) ? [...found, [['mirrors'], 'mirror and mirrors exclude each other']] : found;
}

function redirectProblems(redirect: Json): Problem[] {
  const says = ['uri', 'prefixRewrite', 'authority', 'scheme'].some(name => isNamed(redirect[name]) || isVariable(redirect[name]));
  const isEmpty = !says && !isGiven(redirect.port) && !isGiven(redirect.derivePort) && !isOpen(redirect);
  if (isEmpty) return [[[], 'redirect leads nowhere: uri, prefixRewrite, authority, scheme or port is wanted']];
  if (isNamed(redirect.uri) && isNamed(redirect.prefixRewrite)) return [[['prefixRewrite'], 'uri and prefixRewrite exclude each other']];
  return isGiven(redirect.port) && isGiven(redirect.derivePort) ? [[['derivePort'], 'port and derivePort exclude each other']] : [];
}

/** A prefix is replaced where prefixes are asked for. */
function prefixProblems({ redirect, match }: Json): Problem[] {
  if (!isNamed(asObject(redirect).prefixRewrite)) return [];
  const other = asObjects(match).findIndex(({ uri }) => isGiven(uri) && !isVariable(uri) && !isGiven(asObject(uri).prefix));
  return other < 0 ? [] : [[['match', other, 'uri'], 'redirect.prefixRewrite wants uri.prefix: there is no prefix here to replace']];
}

function rewriteProblems(rewrite: Json): Problem[] {
  const { uri, uriRegexRewrite: regex, authority } = rewrite;
  if (isNamed(uri) && isGiven(regex)) return [[['uriRegexRewrite'], 'uri and uriRegexRewrite exclude each other']];
  const isEmpty = ![uri, regex, authority].some(value => !isUnset(value)) && !isOpen(rewrite);
  if (isEmpty) return [[[], 'rewrite changes nothing: uri, uriRegexRewrite or authority is wanted']];
  if (!isGiven(regex) || isVariable(regex)) return [];
  if (isUnset(regex.match) || isUnset(regex.rewrite)) return [[['uriRegexRewrite'], 'uriRegexRewrite wants match and rewrite']];
  return typeof regex.match === 'string' ? told(expressionRefusal(regex.match), 'uriRegexRewrite', 'match') : [];
}

