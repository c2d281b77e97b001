import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagerConfig: Rule = {
  id: 'SPIRE-MANAGER-CONFIG',
  level: Level.ERROR,
  title: 'a key of the controller manager\'s configuration is unknown',
  why: 'unknown keys are ignored without a word, at every level',
  fix: 'correct the key',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const manager of system.managers) {
      for (const [path, keys] of Object.entries(KEYS)) {
        const steps = path === '' ? [] : path.split('.');
        const value = asObject(steps.reduce((found, step) => asObject(found)[step], manager.value));
        for (const key of Object.keys(value)) {
          if (!keys.includes(key)) report.at(manager, [...steps, key], `unknown key "${[...steps, key].join('.')}"${HINTS[key] ?? ''}`);
        }
      }
    }
  },
};

const KEYS: Record<string, string[]> = {
  '': ['apiVersion', 'kind', 'metadata', 'clusterName', 'clusterDomain', 'trustDomain', 'ignoreNamespaces', 'validatingWebhookConfigurationName', 'gcInterval',
    'spireServerSocketPath', 'logLevel', 'logEncoding', 'className', 'watchClassless', 'filterByClassName', 'parentIDTemplate', 'reconcile', 'entryIDPrefix',
    'entryIDPrefixCleanup', 'staticManifestPath', 'expandEnvStaticManifests', 'enableEntryRenderCache', 'entryRenderCacheSize', 'grpc', 'syncPeriod',
    'leaderElection', 'cacheNamespace', 'cacheNamespaces', 'gracefulShutDown', 'controller', 'metrics', 'health', 'webhook'],
  'metrics': ['bindAddress'],
  'health': ['healthProbeBindAddress', 'readinessEndpointName', 'livenessEndpointName'],
  'reconcile': ['clusterSPIFFEIDs', 'clusterFederatedTrustDomains', 'clusterStaticEntries'],
  'webhook': ['port', 'host', 'certDir'],
  'grpc': ['maxCallRecvMsgSize'],
};
const HINTS: Record<string, string> = { healthProbe: ': write health', healthProbeBindAddress: ': it belongs into health' };
