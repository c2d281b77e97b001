import { asText } from '../../../model/manifest';
import { wantsSpire } from '../../../model/mesh/injection';
import { runsSpire } from '../../../model/spire/csi';
import { clusterSpiffeIds, idsSelecting, staticEntries } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireClientNoIdentity: Rule = {
  id: 'SPIRE-CLIENT-NO-IDENTITY',
  level: Level.WARNING,
  title: 'a pod mounts SPIRE\'s socket and no ClusterSPIFFEID selects it',
  why: 'the Workload API answers "no identity issued", unless somebody makes an entry by hand',
  fix: 'give the pod the labels that a ClusterSPIFFEID selects',
  source: 'pkg/agent/endpoints/workload/handler.go',
  check: (system, report) => {
    const ids = clusterSpiffeIds(system);
    if (ids.length === 0 || staticEntries(system).length > 0) return;
    for (const workload of system.workloads) {
      const volume = workload.volumes.find(({ csi }) => asText(csi?.driver) === 'csi.spiffe.io');
      // SPIRE-NO-IDENTITY tells of the proxies of the mesh
      if (!volume || wantsSpire(system, workload) || runsSpire(workload) || idsSelecting(system, workload).length > 0) continue;
      // folders may be parts of one cluster as well as clusters
      if (system.siblings.some(other => idsSelecting(other, workload).length > 0)) continue;
      report.at(workload.manifest, workload.at('metadata'), `none of the ${ids.length} ClusterSPIFFEIDs selects it`);
    }
  },
};
