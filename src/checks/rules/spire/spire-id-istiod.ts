import { wantedLabels } from '../../../model/kubernetes/selector';
import { clusterSpiffeIds } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdIstiod: Rule = {
  id: 'SPIRE-ID-ISTIOD',
  level: Level.WARNING,
  title: 'an identity is made for istiod',
  why: 'istiod takes no SVID: it has a CA of its own, and nothing in it asks SPIRE',
  fix: 'delete the ClusterSPIFFEID',
  source: 'istio pilot/pkg/bootstrap/istio_ca.go',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      const labels = wantedLabels(id.spec.podSelector);
      if (labels.app === 'istiod' || labels.istio === 'pilot' || labels['app.kubernetes.io/name'] === 'istiod') report.at(id, ['spec', 'podSelector'], 'selects istiod');
    }
  },
};
