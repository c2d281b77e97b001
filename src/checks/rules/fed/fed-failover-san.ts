import { clustersOfMesh } from '../../../model/clusters';
import { asObject, asText, asTexts } from '../../../model/manifest';
import { passThroughs, passes } from '../../../model/mesh/east-west';
import { serviceOf } from '../../../model/mesh/hosts';
import { identitiesBehind } from '../../../model/mesh/service-identities';
import { trustDomains } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedFailoverSan: Rule = {
  id: 'FED-FAILOVER-SAN',
  level: Level.ERROR,
  title: 'a service of several clusters may be answered by only some of them',
  why: 'calls that fail over to another cluster meet an identity that the DestinationRule does not name, and fail',
  fix: 'add the SPIFFE IDs of the other cluster to subjectAltNames, or leave subjectAltNames out',
  source: 'istio pilot/pkg/networking/core/cluster_tls.go',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule')) {
      const names = asTexts(asObject(asObject(rule.spec.trafficPolicy).tls).subjectAltNames);
      const given = asText(rule.spec.host);
      const host = given.includes('.') || rule.namespace === '' ? given : `${given}.${rule.namespace}.svc.cluster.local`;
      if (names.length === 0 || !/\.svc\./.test(host)) continue;
      for (const other of clustersOfMesh(system).filter(one => isIn(one, system, host))) {
        const at = (message: string): void => report.at(rule, ['spec', 'trafficPolicy', 'tls', 'subjectAltNames'], message);
        const missing = trustDomains(other).find(domain => !names.some(name => name.startsWith(`spiffe://${domain}/`)));
        const unnamed = identitiesBehind(other, host).find(id => !names.includes(id));
        if (missing !== undefined) at(`${host} is in the cluster of "${missing}" as well, and none of subjectAltNames is`);
        else if (unnamed !== undefined) at(`${host} is answered by "${unnamed}" as well, which subjectAltNames does not name`);
      }
    }
  },
};

/** Whether a host is a Service that istiod finds in a cluster: in the own one, or through the gateway of another one of the mesh. */
function isIn(cluster: System, own: System, host: string): boolean {
  const isReached = cluster === own || passThroughs(cluster).some(server => passes(server, host));
  return isReached && serviceOf(cluster, host, '') !== undefined;
}
