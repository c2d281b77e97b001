import { egressPolicies, hasOtherPolicies } from '../../../model/kubernetes/network-policy';
import { selects } from '../../../model/kubernetes/selector';
import { Json, Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPolicyDns: Rule = {
  id: 'OPS-POLICY-DNS',
  level: Level.WARNING,
  title: 'NetworkPolicies let a pod call others, and not ask DNS for them',
  why: 'every name is unknown: what the policy allows fails, too',
  fix: 'let it reach UDP and TCP port 53 of namespace kube-system',
  source: 'Kubernetes NetworkPolicy; DNS for Services and Pods',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system)) return;
    for (const workload of system.workloads.filter(({ pod }) => pod.hostNetwork !== true && pod.dnsPolicy !== 'None')) {
      // Prometheus and collectors take addresses from the API server.
      if (workload.containers.some(({ image }) => /prometheus|vmagent|alloy|collector|grafana-agent/.test(image))) continue;
      const policies = egressPolicies(system, workload);
      const rules = policies.flatMap(policy => asObjects(policy.spec.egress).map(rule => ({ policy, rule })));
      const calling = rules.find(({ rule }) => callsPods(rule));
      if (!calling || rules.some(({ policy, rule }) => asksDns(system, policy, rule))) continue;
      report.at(calling.policy, ['spec', 'egress'], `no policy lets ${workload.namespace}/${workload.name} reach UDP port 53 of another namespace`);
    }
  },
};

/** Whether a rule is for pods that are found by their names. */
function callsPods({ to }: Json): boolean {
  return asObjects(to).some(peer => peer.podSelector !== undefined || peer.namespaceSelector !== undefined);
}

/** The port of OpenShift's DNS pods is 5353. */
const PORTS = [53, 5353];

function asksDns(system: System, policy: Manifest, { to, ports }: Json): boolean {
  const isOpen = asObjects(ports).length === 0 || asObjects(ports).some(isDns);
  const isNear = policy.namespace === 'kube-system' || policy.namespace === 'openshift-dns';
  const isOther = (peer: Json): boolean => !/dns|^$/.test(asText(asObject(asObject(peer.podSelector).matchLabels)['k8s-app']));
  const reaches = (peer: Json): boolean => peer.ipBlock !== undefined || peer.namespaceSelector !== undefined
    || system.workloadsIn(policy.namespace).some(({ labels }) => selects(peer.podSelector, labels));
  return isOpen && (isNear || asObjects(to).length === 0 || asObjects(to).some(peer => reaches(peer) && !isOther(peer)));
}

function isDns({ port, endPort, protocol }: Json): boolean {
  if (protocol !== 'UDP') return false;
  return typeof port !== 'number' || PORTS.some(wanted => port <= wanted && wanted <= (typeof endPort === 'number' ? endPort : port));
}
