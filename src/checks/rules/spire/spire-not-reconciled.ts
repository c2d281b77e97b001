import { agentsOfServers } from '../../../model/spire/agents';
import { clusterSpiffeIds, federatedTrustDomains, staticEntries } from '../../../model/spire/entries';
import { RECONCILED, isStatic, reconciles } from '../../../model/spire/managers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNotReconciled: Rule = {
  id: 'SPIRE-NOT-RECONCILED',
  level: Level.ERROR,
  title: 'an object is of a kind that no controller manager looks after',
  why: 'reconcile switches off every kind it does not name, and with staticManifestPath there are no ClusterSPIFFEIDs: no entry is made, and nothing tells so',
  fix: 'set the kind to true under reconcile, and leave staticManifestPath out',
  source: 'spire-controller-manager cmd/main.go parseConfig, staticRun',
  check: (system, report) => {
    if (system.managers.length === 0 || system.spireValues.length > 0 || system.agents.length > agentsOfServers(system).length) return;
    for (const object of [...clusterSpiffeIds(system), ...federatedTrustDomains(system), ...staticEntries(system)]) {
      if (system.managers.some(manager => reconciles(manager, object.kind))) continue;
      const statically = object.kind === 'ClusterSPIFFEID' && system.managers.some(isStatic);
      report.at(object, ['kind'], statically
        ? 'the controller manager has staticManifestPath: it reads files, and makes nothing of ClusterSPIFFEIDs'
        : `the controller manager has no reconcile.${RECONCILED[object.kind]}: true`);
    }
  },
};
