import { templateError } from '../../../formats/go-template';
import { Json, Manifest, Path, asObject, asText, asTexts } from '../../../model/manifest';
import { parseDuration, trustDomainError } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagerValue: Rule = {
  id: 'SPIRE-MANAGER-VALUE',
  level: Level.ERROR,
  title: 'the controller manager refuses its configuration',
  why: 'it stops at start, or runs a loop without a pause',
  fix: 'correct the value',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const manager of system.managers) {
      for (const [path, message] of problems(manager)) report.at(manager, path, message);
    }
  },
};

interface Value {
  readonly field: string;
  readonly isWrong: boolean;
  readonly message: string;
}

function problems({ value }: Manifest): [Path, string][] {
  const values = [...names(value), ...times(value), ...leadership(value), ...others(value)];
  return values.filter(({ isWrong }) => isWrong).map(({ field, message }) => [[field], message]);
}

function names(value: Json): Value[] {
  const domain = asText(value.trustDomain);
  const prefix = asText(value.entryIDPrefix);
  const isExpanded = domain.includes('$');
  return [
    { field: 'clusterName', isWrong: asText(value.clusterName) === '', message: 'clusterName is required' },
    { field: 'trustDomain', isWrong: !isExpanded && trustDomainError(domain) !== undefined, message: `trustDomain "${domain}" is not valid` },
    { field: 'entryIDPrefixCleanup', isWrong: prefix !== '' && prefix === value.entryIDPrefixCleanup, message: 'entryIDPrefixCleanup equals entryIDPrefix' },
  ];
}

function times({ gcInterval, syncPeriod }: Json): Value[] {
  const isTooShort = typeof gcInterval === 'number' && gcInterval > 0 && gcInterval < 1e6;
  const isNoDuration = typeof syncPeriod === 'number' || (typeof syncPeriod === 'string' && parseDuration(syncPeriod) === undefined);
  return [
    { field: 'gcInterval', isWrong: typeof gcInterval === 'string', message: `gcInterval "${asText(gcInterval)}" is text: write nanoseconds, 10s is 10000000000` },
    { field: 'gcInterval', isWrong: isTooShort, message: `gcInterval ${gcInterval} is that many nanoseconds: 10s is 10000000000` },
    { field: 'syncPeriod', isWrong: isNoDuration, message: 'syncPeriod is no duration such as "1h"' },
  ];
}

/** A manager that reads its resources from files has nothing to lead, and no pods to name. */
function leadership({ leaderElection, staticManifestPath, reconcile }: Json): Value[] {
  const { leaderElect, resourceName } = asObject(leaderElection);
  const isStatic = asText(staticManifestPath) !== '';
  return [
    { field: 'leaderElection', isWrong: leaderElect === true && asText(resourceName) === '', message: 'leaderElection has no resourceName' },
    { field: 'staticManifestPath', isWrong: isStatic && leaderElect === true, message: 'staticManifestPath excludes leaderElection.leaderElect' },
    { field: 'staticManifestPath', isWrong: isStatic && asObject(reconcile).clusterSPIFFEIDs === true, message: 'staticManifestPath excludes reconcile.clusterSPIFFEIDs' },
  ];
}

function others({ cacheNamespace, cacheNamespaces, logLevel, ignoreNamespaces, parentIDTemplate }: Json): Value[] {
  const level = asText(logLevel);
  const template = templateError(asText(parentIDTemplate));
  return [
    { field: 'cacheNamespaces', isWrong: cacheNamespace !== undefined && cacheNamespaces !== undefined, message: 'cacheNamespace and cacheNamespaces exclude each other' },
    { field: 'logLevel', isWrong: logLevel !== undefined && !LEVELS.includes(level.toLowerCase()), message: `logLevel "${level}" is unknown` },
    ...asTexts(ignoreNamespaces).map(pattern => (
      { field: 'ignoreNamespaces', isWrong: !compiles(pattern), message: `ignoreNamespaces "${pattern}" is no regular expression` })),
    { field: 'parentIDTemplate', isWrong: template !== undefined, message: `parentIDTemplate does not parse: ${template}` },
  ];
}

const LEVELS = ['debug', 'info', 'warn', 'warning', 'error', 'fatal', 'panic', 'trace'];

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) !== undefined;
  } catch {
    return false;
  }
}
