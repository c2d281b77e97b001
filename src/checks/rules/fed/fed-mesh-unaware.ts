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
    const told = new Set<string>();
    for (const { object, path, name } of closedDomains(system).filter(({ isCalled }) => !isCalled)) {
      if (!told.has(name)) report.at(object, path, `no mesh lets "${name}" in`);
      told.add(name);
    }
  },
};
