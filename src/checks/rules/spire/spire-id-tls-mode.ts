import { wantedLabels } from '../../../model/kubernetes/selector';
import { clusterSpiffeIds } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdTlsMode: Rule = {
  id: 'SPIRE-ID-TLS-MODE',
  level: Level.WARNING,
  title: 'identities hang on a label that the injector adds',
  why: 'every sidecar of the mesh, gateways too, is registered; nobody opted in',
  fix: 'select spiffe.io/spire-managed-identity: "true"',
  source: 'istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      if (wantedLabels(id.spec.podSelector)['security.istio.io/tlsMode'] !== undefined) report.at(id, ['spec', 'podSelector', 'matchLabels'], 'security.istio.io/tlsMode is set by the injector, not by people');
    }
  },
};
