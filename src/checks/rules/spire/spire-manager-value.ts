import { compilesInGo } from '../../../formats/go-regexp';
import { parseTemplate, TemplateError } from '../../../formats/go-template';
import { Manifest, Path, asObject, asText, asTexts } from '../../../model/manifest';
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

function problems(manager: Manifest): [Path, string][] {
  const { value } = manager;
  const found: [Path, string][] = [];
  const tell = (path: Path, wrong: boolean, message: string): void => {
    if (wrong) found.push([path, message]);
  };
  const types = typeFaults(value).filter(({ path }) => !['metadata', 'gcInterval', 'syncPeriod'].includes(String(path[0])));
  for (const { path, wanted } of types) tell(path, true, `${path.join('.')} has to be ${wanted}`);
  if (types.length > 0) return found;
  tell(['apiVersion'], !['', 'spire.spiffe.io/v1alpha1'].includes(asText(value.apiVersion)), `apiVersion "${asText(value.apiVersion)}" is none of a ControllerManagerConfig: write spire.spiffe.io/v1alpha1`);
  tell(['validatingWebhookConfigurationName'], value.validatingWebhookConfigurationName === '', 'validatingWebhookConfigurationName is empty');
  tell(['clusterName'], asText(value.clusterName) === '', 'clusterName is required');
  const domain = asText(value.trustDomain);
  const expanded = domain.includes('$');
  tell(['trustDomain'], !expanded && trustDomainError(domain) !== undefined, `trustDomain "${domain}" is not valid`);
  tell(['gcInterval'], value.gcInterval !== undefined && value.gcInterval !== null && !Number.isInteger(value.gcInterval), `gcInterval ${JSON.stringify(value.gcInterval)} is no whole number: write nanoseconds, 10s is 10000000000`);
  tell(['gcInterval'], typeof value.gcInterval === 'number' && value.gcInterval > 0 && value.gcInterval < 1e6, `gcInterval ${value.gcInterval} is that many nanoseconds: 10s is 10000000000`);
  tell(['syncPeriod'], value.syncPeriod !== undefined && value.syncPeriod !== null && (typeof value.syncPeriod !== 'string' || parseDuration(value.syncPeriod) === undefined), 'syncPeriod is no duration such as "1h"');
  const [prefix, cleanup] = [value.entryIDPrefix, value.entryIDPrefixCleanup].map(text => asText(text).replace(/\.$/, ''));
  tell(['entryIDPrefixCleanup'], prefix !== '' && prefix === cleanup, 'entryIDPrefixCleanup equals entryIDPrefix');
  tell(['leaderElection'], asObject(value.leaderElection).leaderElect === true && asText(asObject(value.leaderElection).resourceName) === '', 'leaderElection has no resourceName');
  const statically = asText(value.staticManifestPath) !== '';
  tell(['staticManifestPath'], statically && asObject(value.leaderElection).leaderElect === true, 'staticManifestPath excludes leaderElection.leaderElect');
  tell(['staticManifestPath'], statically && asObject(value.reconcile).clusterSPIFFEIDs === true, 'staticManifestPath excludes reconcile.clusterSPIFFEIDs');
  tell(['cacheNamespaces'], value.cacheNamespace !== undefined && value.cacheNamespaces !== undefined, 'cacheNamespace and cacheNamespaces exclude each other');
  tell(['logEncoding'], !['', 'console', 'json'].includes(asText(value.logEncoding)), `logEncoding "${asText(value.logEncoding)}" is unknown: write console or json`);
  tell(['logLevel'], !LEVELS.includes(asText(value.logLevel).toLowerCase()), `logLevel "${asText(value.logLevel)}" is unknown`);
  for (const pattern of asTexts(value.ignoreNamespaces)) tell(['ignoreNamespaces'], !compilesInGo(pattern), `ignoreNamespaces "${pattern}" is no regular expression`);
  tell(['parentIDTemplate'], templateError(asText(value.parentIDTemplate)) !== undefined, `parentIDTemplate does not parse: ${templateError(asText(value.parentIDTemplate))}`);
  return found;
}

const LEVELS = ['', 'debug', 'info', 'warn', 'error'];

function templateError(text: string): string | undefined {
  try {
    parseTemplate(text);
    return undefined;
  } catch (error) {
    return error instanceof TemplateError ? error.message : undefined;
  }
}
