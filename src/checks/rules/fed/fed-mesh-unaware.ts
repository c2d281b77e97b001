import { closedDomains } from '../../federated-domains';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedMeshUnaware: Rule = {
  id: 'FED-MESH-UNAWARE',
  level: Level.WARNING,
  title: 'SPIRE federates and the mesh of the same cluster lets nobody of the other trust domain in',
  why: 'sidecars accept only SANs of the own trust domain: calls from there fail, should there be any',
  fix: 'add meshConfig.caCertificates: [{trustDomains: [<partner>]}] and federatesWith to the identities, if the mesh is to be called from there',
  source: 'observed: istiod of the 1.31 line; istio pilot/pkg/networking/plugin/authn/util.go',
  check: (system, report) => {
    const closed = closedDomains(system).filter(({ isCalled }) => !isCalled);
    for (const object of new Set(closed.map(domain => domain.object))) {
      report.at(object, ['spec', 'trustDomain'], `no mesh lets "${object.spec.trustDomain}" in`);
    }
  },
};
