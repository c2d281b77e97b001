import { parseTemplate, TemplateError } from '../../../formats/go-template';
import { Manifest, Path, asObject, asText, asTexts } from '../../../model/manifest';
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

function problems(manager: Manifest): [Path, string][] {
  const { value } = manager;
  const found: [Path, string][] = [];
  const tell = (path: Path, wrong: boolean, message: string): void => {
    if (wrong) found.push([path, message]);
  };
  tell(['clusterName'], asText(value.clusterName) === '', 'clusterName is required');
  const domain = asText(value.trustDomain);
  const expanded = domain.includes('$');
  tell(['trustDomain'], !expanded && trustDomainError(domain) !== undefined, `trustDomain "${domain}" is not valid`);
  tell(['gcInterval'], typeof value.gcInterval === 'string', `gcInterval "${asText(value.gcInterval)}" is text: write nanoseconds, 10s is 10000000000`);
  tell(['gcInterval'], typeof value.gcInterval === 'number' && value.gcInterval > 0 && value.gcInterval < 1e6, `gcInterval ${value.gcInterval} is that many nanoseconds: 10s is 10000000000`);
  tell(['syncPeriod'], typeof value.syncPeriod === 'number' || (typeof value.syncPeriod === 'string' && parseDuration(value.syncPeriod) === undefined), 'syncPeriod is no duration such as "1h"');
  const prefix = asText(value.entryIDPrefix);
  tell(['entryIDPrefixCleanup'], prefix !== '' && prefix === value.entryIDPrefixCleanup, 'entryIDPrefixCleanup equals entryIDPrefix');
  tell(['leaderElection'], asObject(value.leaderElection).leaderElect === true && asText(asObject(value.leaderElection).resourceName) === '', 'leaderElection has no resourceName');
  const statically = asText(value.staticManifestPath) !== '';
  tell(['staticManifestPath'], statically && asObject(value.leaderElection).leaderElect === true, 'staticManifestPath excludes leaderElection.leaderElect');
  tell(['staticManifestPath'], statically && asObject(value.reconcile).clusterSPIFFEIDs === true, 'staticManifestPath excludes reconcile.clusterSPIFFEIDs');
  tell(['cacheNamespaces'], value.cacheNamespace !== undefined && value.cacheNamespaces !== undefined, 'cacheNamespace and cacheNamespaces exclude each other');
  tell(['logLevel'], value.logLevel !== undefined && !LEVELS.includes(asText(value.logLevel).toLowerCase()), `logLevel "${asText(value.logLevel)}" is unknown`);
  for (const pattern of asTexts(value.ignoreNamespaces)) tell(['ignoreNamespaces'], !compiles(pattern), `ignoreNamespaces "${pattern}" is no regular expression`);
  tell(['parentIDTemplate'], templateError(asText(value.parentIDTemplate)) !== undefined, `parentIDTemplate does not parse: ${templateError(asText(value.parentIDTemplate))}`);
  return found;
}

const LEVELS = ['debug', 'info', 'warn', 'warning', 'error', 'fatal', 'panic', 'trace'];

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) !== undefined;
  } catch {
    return false;
  }
}

function templateError(text: string): string | undefined {
  try {
    parseTemplate(text);
    return undefined;
  } catch (error) {
    return error instanceof TemplateError ? error.message : undefined;
  }
}
