import { closedDomains } from '../../federated-domains';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedMeshDomains: Rule = {
  id: 'FED-MESH-DOMAINS',
  level: Level.ERROR,
  title: 'the mesh does not let the peers of a federated trust domain in',
  why: 'sidecars accept only SANs of the own trust domain, whatever bundles they have',
  fix: 'add meshConfig.caCertificates: [{trustDomains: [<partner>]}]',
  source: 'observed: istiod of the 1.31 line; istio pilot/pkg/networking/plugin/authn/util.go',
  check: (system, report) => {
    for (const { mesh, name, isTaken } of closedDomains(system)) {
      if (isTaken) report.at(mesh.manifest, mesh.config.path, `the federated trust domain "${name}" is not in meshConfig.caCertificates[].trustDomains`);
    }
  },
};
