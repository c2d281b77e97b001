import { asObject, asTexts } from '../../../model/manifest';
import { chartValues } from '../../../model/spire/chart-values';
import { isStatic } from '../../../model/spire/managers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagerIgnored: Rule = {
  id: 'SPIRE-MANAGER-IGNORED',
  level: Level.WARNING,
  title: 'a setting of the controller manager has no effect',
  why: 'the manager takes other values than are written here: its webhook listens on port 9443 of all interfaces, and without the API server it makes static entries only',
  fix: 'remove the setting',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const manager of system.managers) {
      const webhook = asObject(manager.value.webhook);
      for (const name of ['port', 'host', 'certDir']) {
        const standard = name === 'port' && webhook.port === 9443;
        if (webhook[name] !== undefined && !standard) report.at(manager, ['webhook', name], `webhook.${name} is not read`);
      }
      const all = asTexts(manager.value.ignoreNamespaces).findIndex(takesAll);
      if (all >= 0) report.at(manager, ['ignoreNamespaces', all], `ignoreNamespaces has "${asTexts(manager.value.ignoreNamespaces)[all]}", which is every namespace: no ClusterSPIFFEID makes an entry`, 'name the namespaces');
      if (manager.value.gracefulShutDown !== undefined) report.at(manager, ['gracefulShutDown'], 'gracefulShutDown is not read');
      if (asObject(manager.value.controller).recoverPanic !== undefined) report.at(manager, ['controller', 'recoverPanic'], 'controller.recoverPanic is not read');
      if (isStatic(manager) && asObject(manager.value.leaderElection).leaderElect === true) report.at(manager, ['leaderElection'], 'with staticManifestPath nobody is elected');
      if (isStatic(manager) && asObject(manager.value.reconcile).clusterSPIFFEIDs === true) report.at(manager, ['reconcile'], 'with staticManifestPath there are no ClusterSPIFFEIDs');
    }
    for (const values of chartValues(system)) {
      for (const part of values.parts('spire-server')) {
        const path = [part, 'controllerManager', 'ignoreNamespaces'];
        const all = asTexts(values.get(path)).findIndex(takesAll);
        if (all >= 0) report.at(values.manifest, [...path, all], `ignoreNamespaces has "${asTexts(values.get(path))[all]}", which is every namespace: no ClusterSPIFFEID makes an entry`, 'name the namespaces');
      }
    }
  },
};

/** Whether a pattern, which need not match the whole name, is in any name. */
function takesAll(pattern: string): boolean {
  return /^\^?(\.[*+]?|\(\.[*+]\))?\$?$/.test(pattern) && pattern !== '^$';
}
