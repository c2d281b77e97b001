import { index } from '../../../model/clusters';
import { dnsNamesOf } from '../../../model/kubernetes/service';
import { passThroughs } from '../../../model/mesh/east-west';
import { remoteHosts } from '../../../model/mesh/remote-hosts';
import { identitiesBehind } from '../../../model/mesh/service-identities';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedRemoteIdentity: Rule = {
  id: 'FED-REMOTE-IDENTITY',
  level: Level.ERROR,
  title: 'who answers for a host of another cluster is not who has to',
  why: 'the workloads behind the Service there show identities that the DestinationRule does not name: their certificates are refused',
  fix: 'name the SPIFFE IDs of all workloads behind the Service in trafficPolicy.tls.subjectAltNames, in the trust domain of their cluster',
  source: 'istio pilot/pkg/networking/core/cluster_tls.go',
  check: (system, report) => {
    for (const { entry, host, rule, path, serverName, endpoints, identities } of remoteHosts(system)) {
      const behind = endpoints.flatMap(({ address }) => byGateway(system.clusters).get(address) ?? []);
      const others = [...new Set(behind)].filter(other => other !== system);
      if (others.length !== 1 || !serverName || identities.length === 0) continue;
      const unnamed = identitiesBehind(others[0], serverName.host).find(id => !identities.includes(id));
      if (unnamed !== undefined) report.at(rule ?? entry, rule ? [...path, 'subjectAltNames'] : ['spec', 'subjectAltNames'], `${host} is answered by "${unnamed}", and subjectAltNames has ${identities.map(id => `"${id}"`).join(', ')}`);
    }
  },
};

/** Clusters by the DNS names of their gateways for others. */
const byGateway = index(system => passThroughs(system).flatMap(({ services }) => services.flatMap(({ service }) => dnsNamesOf(service))));
