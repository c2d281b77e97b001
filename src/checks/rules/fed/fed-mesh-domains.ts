import { closedDomains } from '../../federated-domains';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedMeshDomains: Rule = {
  id: 'FED-MESH-DOMAINS',
  level: Level.ERROR,
  title: 'a policy lets callers of a federated trust domain in, and the mesh does not',
  why: 'sidecars accept only SANs of the own trust domain, whatever bundles they have: the calls end in TLS, before the policy is asked',
  fix: 'add meshConfig.caCertificates: [{trustDomains: [<partner>]}]',
  source: 'observed: istiod of the 1.31 line; istio pilot/pkg/networking/plugin/authn/util.go',
  check: (system, report) => {
    for (const { mesh, name, isCalled } of closedDomains(system)) {
      if (isCalled) report.at(mesh.manifest, mesh.config.path, `the federated trust domain "${name}" is not in meshConfig.caCertificates[].trustDomains`);
    }
  },
};
