import { wantsSpire } from '../../../model/mesh/injection';
import { mayBeIdentified } from '../../../model/spire/chart-identities';
import { spireChart } from '../../../model/spire/charts';
import { clusterSpiffeIds, idsSelecting, staticEntries } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNoIdentity: Rule = {
  id: 'SPIRE-NO-IDENTITY',
  level: Level.ERROR,
  title: 'a pod wants its identity from SPIRE and no ClusterSPIFFEID selects it',
  why: 'its proxy waits for a certificate and never becomes ready; an OIDC discovery provider has no keys to show',
  fix: 'give the pod the labels that a ClusterSPIFFEID selects',
  source: 'istio issue 43268',
  check: (system, report) => {
    const ids = clusterSpiffeIds(system);
    if ((ids.length === 0 && !spireChart(system)) || staticEntries(system).length > 0) return;
    const providers = new Set(system.oidcProviders.filter(({ config }) => config?.file.has('workload_api')).map(({ workload }) => workload));
    const message = ids.length > 0 ? `none of the ${ids.length} ClusterSPIFFEIDs selects it` : 'no identity of the chart\'s values selects it';
    for (const workload of system.workloads) {
      if (!(wantsSpire(system, workload) || providers.has(workload))) continue;
      if (idsSelecting(system, workload).length > 0 || mayBeIdentified(system, workload)) continue;
      report.at(workload.manifest, workload.at('metadata'), message);
    }
  },
};
