import { asTexts } from '../../../model/manifest';
import { remoteHosts } from '../../../model/mesh/remote-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedRemoteSansDiffer: Rule = {
  id: 'FED-REMOTE-SANS-DIFFER',
  level: Level.WARNING,
  title: 'a ServiceEntry and its DestinationRule want different identities to answer',
  why: 'the list of the DestinationRule wins, and the other says nothing: where it is the right one, every call is refused',
  fix: 'name the same SPIFFE IDs in both, or in the DestinationRule only',
  source: 'istio pilot/pkg/networking/core/cluster_tls.go',
  check: (system, report) => {
    for (const { entry, host, rule, tls, path } of remoteHosts(system)) {
      const [stated, wanted] = [asTexts(entry.spec.subjectAltNames), asTexts(tls.subjectAltNames)];
      if (!rule || stated.length === 0 || wanted.length === 0 || wanted.some(name => stated.includes(name))) continue;
      report.at(rule, [...path, 'subjectAltNames'], `${wanted.join(', ')} has to answer for ${host}, its ServiceEntry says ${stated.join(', ')}`);
    }
  },
};
