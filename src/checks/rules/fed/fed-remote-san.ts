import { remoteHosts } from '../../../model/mesh/remote-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedRemoteSan: Rule = {
  id: 'FED-REMOTE-SAN',
  level: Level.ERROR,
  title: 'a host of another cluster may be anybody of it',
  why: 'without subjectAltNames every workload of every trusted domain may answer in its place',
  fix: 'set trafficPolicy.tls.subjectAltNames in the DestinationRule of the host',
  source: 'istio pilot/pkg/networking/core/cluster_tls.go',
  check: (system, report) => {
    for (const { entry, host, rule, path, identities } of remoteHosts(system)) {
      if (identities.length === 0) report.at(rule ?? entry, rule ? path : ['spec'], `nothing says who has to answer for ${host}`);
    }
  },
};
