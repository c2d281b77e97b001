import { egressPolicies, hasOtherPolicies, leadsOutside } from '../../../model/kubernetes/network-policy';
import { asObjects, asText } from '../../../model/manifest';
import { Server } from '../../../model/spire/discovery';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { partnersOf } from '../../../model/spire/federation';
import { managerWorkloads } from '../../../model/spire/managers';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedFetchClosed: Rule = {
  id: 'FED-FETCH-CLOSED',
  level: Level.ERROR,
  title: 'a NetworkPolicy keeps the server from the bundle endpoint of a partner',
  why: 'the bundle is never fetched: first calls may go on, and stop when the partner changes its CA',
  fix: 'let the server reach the port of the URL outside of the cluster',
  source: 'Kubernetes NetworkPolicy',
  check: (system, report) => {
    if (hasOtherPolicies(system)) return;
    for (const server of system.servers) {
      const { workload, container } = server;
      const isProxied = asObjects(container?.value.env).some(env => /^https_proxy$/i.test(asText(env.name)));
      const policies = workload && workload.pod.hostNetwork !== true && !isProxied ? egressPolicies(system, workload) : [];
      if (policies.length === 0) continue;
      for (const { trustDomain, port } of endpointsOf(system, server)) {
        if (policies.some(policy => leadsOutside(policy, port))) continue;
        report.at(policies[0], ['spec', 'egress'], `no policy lets ${workload!.namespace}/${workload!.name} reach port ${port} outside, at which "${trustDomain}" serves its bundle`);
      }
    }
  },
};

/** The endpoints outside of the cluster that a server fetches from. */
function endpointsOf(system: System, { workload, config }: Server): { readonly trustDomain: string; readonly port: number }[] {
  const isManaged = system.servers.length === 1 || managerWorkloads(system).some(one => one === workload);
  const relations = isManaged ? federatedTrustDomains(system) : [];
  const urls = [
    ...relations.map(({ spec }) => ({ trustDomain: asText(spec.trustDomain), url: asText(spec.bundleEndpointURL) })),
    ...(config ? partnersOf(config.server) : []),
  ];
  return urls.flatMap(({ trustDomain, url }) => {
    const [, host, port] = /^https:\/\/([^/:@]+\.[^/:@]+)(?::(\d+))?(?:\/|$)/i.exec(url) ?? [];
    return host === undefined || /\.svc(\.|$)/.test(host) || /[$\uE000]/.test(url) ? [] : [{ trustDomain, port: Number(port ?? 443) }];
  });
}
