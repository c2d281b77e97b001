import { isEmptySelector } from '../../../model/kubernetes/selector';
import { clusterSpiffeIds } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdEverything: Rule = {
  id: 'SPIRE-ID-EVERYTHING',
  level: Level.INFO,
  title: 'a ClusterSPIFFEID selects every pod',
  why: 'every pod of the cluster gets an identity, wanted or not',
  fix: 'set podSelector or namespaceSelector',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      if (id.spec.fallback !== true && isEmptySelector(id.spec.podSelector) && isEmptySelector(id.spec.namespaceSelector)) report.at(id, ['spec'], 'neither podSelector nor namespaceSelector restricts it');
    }
  },
};
