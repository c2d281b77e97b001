import { Judges, Problem, isUnset, number } from './places';
import { compilesInGo } from '../../formats/go-regexp';
import { isFilledIn } from '../../model/filled-in';
import { Json, asObject, asText } from '../../model/manifest';
import { portRefusal } from '../../model/mesh/refused-values';

/** What Istio refuses in an EnvoyFilter beside the patched value, which ENVOY-SCHEMA tells of. */
export const ENVOY_FILTER: Judges = {
  'configPatches.*': patchProblems,
  'configPatches.*.match': waypointProblems,
  'configPatches.*.match.waypoint.portNumber': portRefusal,
  'configPatches.*.match.listener|routeConfiguration|cluster.portNumber': number(port => port >= 0, 'a port'),
};

function waypointProblems({ context, waypoint }: Json): Problem[] {
  const isGiven = waypoint !== undefined && waypoint !== null;
  if (isGiven === (context === 'WAYPOINT') || isFilledIn(asText(context))) return [];
  return [isGiven ? [['waypoint'], 'a match of waypoint is for context WAYPOINT only'] : [[], 'context WAYPOINT needs a match of waypoint']];
}

const LONGEST_VERSION = 1024;
const MANAGERS = ['envoy.filters.network.http_connection_manager', 'envoy.http_connection_manager'];

/** What a match has to be about for an object of Envoy. */
const MATCHES: readonly [field: string, applyTo: readonly string[]][] = [
  ['listener', ['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER']],
  ['routeConfiguration', ['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE']],
  ['cluster', ['CLUSTER']],
];

function patchProblems(entry: Json): Problem[] {
  const { applyTo, patch } = asObject(entry);
  const match = asObject(entry.match);
  if (match.context === 'WAYPOINT') return [];
  if (isUnset(applyTo) || applyTo === 'INVALID') return [[[], 'applyTo is not set: what is patched is not said']];
  if (isUnset(patch)) return [[[], 'there is no patch']];
  const { operation, value } = asObject(patch);
  if (isUnset(operation) || operation === 'INVALID') return [[['patch'], 'the patch has no operation']];
  if (operation !== 'REMOVE' && isUnset(value)) return [[['patch'], `operation ${operation} needs a value`]];
  return [...versionProblems(match), ...kindProblems(applyTo, match), ...filterProblems(applyTo, match)];
}

function versionProblems({ proxy }: Json): Problem[] {
  const version = asText(asObject(proxy).proxyVersion);
  const isTaken = isFilledIn(version) || version.length > LONGEST_VERSION || compilesInGo(version);
  return isTaken ? [] : [[['match', 'proxy', 'proxyVersion'], `"${version}" is no regular expression of RE2`]];
}

function kindProblems(applyTo: string, match: Json): Problem[] {
  const wanted = MATCHES.find(([, kinds]) => kinds.includes(applyTo))?.[0];
  const given = ['listener', 'routeConfiguration', 'cluster'].find(name => match[name] !== undefined && match[name] !== null);
  return wanted === undefined || given === undefined || given === wanted ? [] : [[['match', given], `applyTo ${applyTo} takes a match of ${wanted} only`]];
}

function filterProblems(applyTo: string, { listener }: Json): Problem[] {
  const filter = asObject(asObject(listener).filterChain).filter;
  if (filter === undefined || filter === null || !MATCHES[0][1].includes(applyTo)) return [];
  const path = ['match', 'listener', 'filterChain', 'filter'];
  const { name, subFilter } = asObject(filter);
  if (isUnset(name)) return [[path, 'the filter of the match has no name']];
  if (subFilter === undefined || subFilter === null) return [];
  if (applyTo !== 'HTTP_FILTER') return [[[...path, 'subFilter'], `subFilter is for applyTo HTTP_FILTER, not for ${applyTo}`]];
  if (!MANAGERS.includes(asText(name)) && !isFilledIn(asText(name))) return [[[...path, 'name'], `subFilter is in filter ${MANAGERS[0]}, not in "${asText(name)}"`]];
  return isUnset(asObject(subFilter).name) ? [[[...path, 'subFilter'], 'the subFilter of the match has no name']] : [];
}
