import { Json, Path, asObject } from '../manifest';
import { parseDuration } from './values';
import { isBoolean } from '../yaml-boolean';

type Type = 'text' | 'integer' | 'boolean' | 'duration' | 'texts' | 'object' | 'integers' | 'selectors';
export type ManagerShape = { readonly [key: string]: Type | ManagerShape };

/** The keys of a ControllerManagerConfig. */
export const MANAGER_SHAPE: ManagerShape = {
  apiVersion: 'text',
  kind: 'text',
  metadata: 'object',
  clusterName: 'text',
  clusterDomain: 'text',
  trustDomain: 'text',
  ignoreNamespaces: 'texts',
  validatingWebhookConfigurationName: 'text',
  gcInterval: 'integer',
  spireServerSocketPath: 'text',
  logLevel: 'text',
  logEncoding: 'text',
  className: 'text',
  watchClassless: 'boolean',
  // of versions before 0.6
  filterByClassName: 'boolean',
  parentIDTemplate: 'text',
  reconcile: { clusterSPIFFEIDs: 'boolean', clusterFederatedTrustDomains: 'boolean', clusterStaticEntries: 'boolean' },
  entryIDPrefix: 'text',
  entryIDPrefixCleanup: 'text',
  staticManifestPath: 'text',
  expandEnvStaticManifests: 'boolean',
  enableEntryRenderCache: 'boolean',
  entryRenderCacheSize: 'integer',
  grpc: { maxCallRecvMsgSize: 'integer' },
  syncPeriod: 'duration',
  leaderElection: {
    leaderElect: 'boolean',
    leaseDuration: 'duration',
    renewDeadline: 'duration',
    retryPeriod: 'duration',
    resourceLock: 'text',
    resourceName: 'text',
    resourceNamespace: 'text',
  },
  cacheNamespace: 'text',
  cacheNamespaces: 'selectors',
  gracefulShutDown: 'duration',
  controller: { groupKindConcurrency: 'integers', cacheSyncTimeout: 'integer', recoverPanic: 'boolean' },
  metrics: { bindAddress: 'text' },
  health: { healthProbeBindAddress: 'text', readinessEndpointName: 'text', livenessEndpointName: 'text' },
  webhook: { port: 'integer', host: 'text', certDir: 'text' },
};

const ARTICLES: Record<Type, string> = {
  text: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
  duration: 'a duration such as "1h"',
  texts: 'a list of texts',
  object: 'an object',
  integers: 'an object of whole numbers',
  selectors: 'an object of namespaces, each with labelSelectors and fieldSelectors of texts',
};

/** What a type must be and what a value is: where a value has another type than its key. */
export interface TypeFault {
  readonly path: Path;
  readonly wanted: string;
}

/** The values of another type than their keys have; null is none. Such a file cannot be read at all. */
export function typeFaults(value: Json, shape: ManagerShape = MANAGER_SHAPE, path: Path = []): TypeFault[] {
  return Object.entries(shape).flatMap(([key, type]) => {
    const found = value[key];
    const here = [...path, key];
    if (found === undefined || found === null) return [];
    if (typeof type === 'string') return is(type, found) ? [] : [{ path: here, wanted: ARTICLES[type] }];
    return is('object', found) ? typeFaults(asObject(found), type, here) : [{ path: here, wanted: ARTICLES.object }];
  });
}

function is(type: Type, value: unknown): boolean {
  switch (type) {
    case 'text': return typeof value === 'string';
    case 'integer': return Number.isInteger(value);
    case 'boolean': return isBoolean(value);
    case 'duration': return typeof value === 'string' && parseDuration(value) !== undefined;
    case 'texts': return Array.isArray(value) && value.every(item => typeof item === 'string' || item === null);
    case 'object': return isObject(value);
    case 'integers': return isObject(value) && Object.values(value).every(item => item === null || Number.isInteger(item));
    case 'selectors': return isObject(value) && Object.values(value).every(isSelector);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSelector(value: unknown): boolean {
  return value === null || (isObject(value) && isTexts(value.labelSelectors) && isTexts(value.fieldSelectors));
}

/** Whether a value is nothing, or an object of texts. */
function isTexts(value: unknown): boolean {
  return value === undefined || value === null || (isObject(value) && Object.values(value).every(item => item === null || typeof item === 'string'));
}
