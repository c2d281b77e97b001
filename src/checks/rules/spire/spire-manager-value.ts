import { compilesInGo } from '../../../formats/go-regexp';
import { templateError } from '../../../formats/go-template';
import { Json, Manifest, Path, asObject, asText, asTexts } from '../../../model/manifest';
import { runtimeFaults } from '../../../model/spire/manager-runtime';
import { typeFaults } from '../../../model/spire/manager-shape';
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

// What these take is told with an example of it.
const TOLD_APART = ['metadata', 'gcInterval', 'syncPeriod'];

function problems({ value }: Manifest): [Path, string][] {
  const types = typeFaults(value).filter(({ path }) => !TOLD_APART.includes(String(path[0])));
  if (types.length > 0) return types.map(({ path, wanted }) => [path, `${path.join('.')} has to be ${wanted}`]);
  const values = [...names(value), ...times(value), ...leadership(value), ...logging(value), ...others(value)];
  return [
    ...values.filter(({ isWrong }) => isWrong).map(({ field, message }): [Path, string] => [[field], message]),
    ...runtimeFaults(value).map(({ path, message }): [Path, string] => [path, message]),
  ];
}

function names(value: Json): Value[] {
  const [domain, version] = [asText(value.trustDomain), asText(value.apiVersion)];
  const [prefix, cleanup] = [value.entryIDPrefix, value.entryIDPrefixCleanup].map(text => asText(text).replace(/\.$/, ''));
  const isExpanded = domain.includes('$');
  return [
    {
      field: 'apiVersion',
      isWrong: !['', 'spire.spiffe.io/v1alpha1'].includes(version),
      message: `apiVersion "${version}" is none of a ControllerManagerConfig: write spire.spiffe.io/v1alpha1`,
    },
    {
      field: 'kind',
      isWrong: value.kind !== undefined && value.kind !== 'ControllerManagerConfig',
      message: `kind "${asText(value.kind)}" is not registered: write ControllerManagerConfig`,
    },
    { field: 'clusterName', isWrong: asText(value.clusterName) === '', message: 'clusterName is required' },
    { field: 'trustDomain', isWrong: !isExpanded && trustDomainError(domain) !== undefined, message: `trustDomain "${domain}" is not valid` },
    { field: 'entryIDPrefixCleanup', isWrong: prefix !== '' && prefix === cleanup, message: 'entryIDPrefixCleanup equals entryIDPrefix' },
    {
      field: 'validatingWebhookConfigurationName',
      isWrong: value.validatingWebhookConfigurationName === '',
      message: 'validatingWebhookConfigurationName is empty',
    },
  ];
}

function times({ gcInterval, syncPeriod }: Json): Value[] {
  const isWhole = gcInterval === undefined || gcInterval === null || Number.isInteger(gcInterval);
  const isTooShort = typeof gcInterval === 'number' && gcInterval < 1e6;
  const isPeriod = syncPeriod === undefined || syncPeriod === null || (typeof syncPeriod === 'string' && parseDuration(syncPeriod) !== undefined);
  return [
    { field: 'gcInterval', isWrong: !isWhole, message: `gcInterval ${JSON.stringify(gcInterval)} is no whole number: write nanoseconds, 10s is 10000000000` },
    { field: 'gcInterval', isWrong: isTooShort, message: `gcInterval ${gcInterval} is that many nanoseconds, a loop without a pause: 10s is 10000000000` },
    { field: 'syncPeriod', isWrong: !isPeriod, message: 'syncPeriod is no duration such as "1h"' },
  ];
}

/** A manager that reads its resources from files has nothing to lead, and no pods to name. */
function leadership({ leaderElection, staticManifestPath, reconcile }: Json): Value[] {
  const { leaderElect, resourceName } = asObject(leaderElection);
  const isStatic = staticManifestPath !== undefined && staticManifestPath !== null;
  return [
    { field: 'leaderElection', isWrong: leaderElect === true && asText(resourceName) === '', message: 'leaderElection has no resourceName' },
    { field: 'staticManifestPath', isWrong: staticManifestPath === '', message: 'staticManifestPath is empty: nothing is read, neither files nor the API server' },
    { field: 'staticManifestPath', isWrong: isStatic && leaderElect === true, message: 'staticManifestPath excludes leaderElection.leaderElect' },
    { field: 'staticManifestPath', isWrong: isStatic && asObject(reconcile).clusterSPIFFEIDs === true, message: 'staticManifestPath excludes reconcile.clusterSPIFFEIDs' },
  ];
}

function logging(value: Json): Value[] {
  const [level, encoding] = [asText(value.logLevel), asText(value.logEncoding)];
  return [
    { field: 'logLevel', isWrong: !['', 'debug', 'info', 'warn', 'error'].includes(level.toLowerCase()), message: `logLevel "${level}" is unknown: write debug, info, warn or error` },
    { field: 'logEncoding', isWrong: !['', 'console', 'json'].includes(encoding), message: `logEncoding "${encoding}" is unknown: write console or json` },
  ];
}

function others({ cacheNamespace, cacheNamespaces, ignoreNamespaces, parentIDTemplate }: Json): Value[] {
  const template = templateError(asText(parentIDTemplate));
  return [
    { field: 'cacheNamespaces', isWrong: asText(cacheNamespace) !== '' && Object.keys(asObject(cacheNamespaces)).length > 0, message: 'cacheNamespace and cacheNamespaces exclude each other' },
    ...asTexts(ignoreNamespaces).map(pattern => (
      { field: 'ignoreNamespaces', isWrong: !compilesInGo(pattern), message: `ignoreNamespaces "${pattern}" is no regular expression` })),
    { field: 'parentIDTemplate', isWrong: template !== undefined, message: `parentIDTemplate does not parse: ${template}` },
  ];
}
