import { ingressPolicies, opensPort } from '../../../model/kubernetes/network-policy';
import { asObjects, asText, asTexts } from '../../../model/manifest';
import { servedBundles } from '../../../model/spire/bundle-endpoint';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEndpointRanges: Rule = {
  id: 'FED-ENDPOINT-RANGES',
  level: Level.WARNING,
  title: 'load balancer and NetworkPolicy of a bundle endpoint let different callers in',
  why: 'who is let in by one and not by the other gets no answer: its bundle grows old, and calls stop when a CA changes',
  fix: 'use the same ranges in loadBalancerSourceRanges and ipBlock, and externalTrafficPolicy: Local, without which nodes put their own address in place of the caller\'s',
  source: 'Kubernetes Service, external traffic policy',
  check: (system, report) => {
    for (const { server: { workload }, port, services } of servedBundles(system)) {
      const policies = workload ? ingressPolicies(system, workload) : [];
      const rules = policies.flatMap(policy => asObjects(policy.spec.ingress)).filter(rule => opensPort(rule, port, workload));
      const peers = rules.flatMap(rule => asObjects(rule.from).length === 0 ? [{ ipBlock: { cidr: '0.0.0.0/0' } }] : asObjects(rule.from));
      const ranges = peers.flatMap(peer => peer.ipBlock ? [asText(peer.ipBlock.cidr)] : []);
      if (ranges.length === 0 || ranges.some(range => range.endsWith('/0'))) continue;
      for (const { service } of (services ?? []).filter(one => one.service.spec.type === 'LoadBalancer')) {
        // such load balancers call pods by themselves
        const isDirect = service.spec.loadBalancerClass !== undefined || Object.keys(service.annotations).some(key => key.includes('load-balancer'));
        const other = asTexts(service.spec.loadBalancerSourceRanges).find(range => !ranges.some(own => isWithin(range, own)));
        if (!isDirect && service.spec.externalTrafficPolicy !== 'Local') {
          report.at(service, ['spec', 'externalTrafficPolicy'], `externalTrafficPolicy is ${asText(service.spec.externalTrafficPolicy) || 'not set'}, and NetworkPolicies let in ${ranges.join(', ')} only`);
        } else if (other !== undefined) {
          report.at(service, ['spec', 'loadBalancerSourceRanges'], `the load balancer lets in ${other}, NetworkPolicies ${ranges.join(', ')} only`);
        }
      }
    }
  },
};

/** Whether a range of IPv4 addresses is part of another; others have to be equal. */
function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [parse(inner), parse(outer)];
  if (!a || !b) return inner === outer;
  const size = 2 ** (32 - b.bits);
  return a.bits >= b.bits && Math.floor(a.address / size) === Math.floor(b.address / size);
}

function parse(range: string): { readonly address: number; readonly bits: number } | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(range);
  if (!match) return undefined;
  const [a, b, c, d, bits] = match.slice(1).map(Number);
  return { address: ((a * 256 + b) * 256 + c) * 256 + d, bits };
}
