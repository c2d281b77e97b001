import { egressPolicies, hasOtherPolicies, ingressPolicies, opensPort } from '../../../model/kubernetes/network-policy';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

/** The port at which proxies ask istiod for their configuration. */
const PORT = 15012;

export const meshPolicyIstiod: Rule = {
  id: 'MESH-POLICY-ISTIOD',
  level: Level.WARNING,
  title: 'NetworkPolicies keep a proxy from istiod',
  why: 'the proxy gets no configuration and is never ready: neither is its pod',
  fix: `let the pod reach port ${PORT} of istiod`,
  source: 'istio.io: ports used by Istio; Kubernetes NetworkPolicy',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system) || isElsewhere(system)) return;
    for (const istiod of system.workloads.filter(isIstiod)) {
      const policies = ingressPolicies(system, istiod);
      const opens = (policy: Manifest): boolean => asObjects(policy.spec.ingress).some(rule => opensPort(rule, PORT, istiod));
      if (policies.length > 0 && !policies.some(opens)) report.at(policies[0], ['spec', 'ingress'], `no policy lets anybody reach port ${PORT} of ${istiod.namespace}/${istiod.name}`, `let all proxies reach port ${PORT} of istiod`);
    }
    for (const workload of system.workloads.filter(({ pod }) => pod.hostNetwork !== true)) {
      const policies = isInjected(system, workload) ? egressPolicies(system, workload) : [];
      if (policies.length === 0 || /discoveryAddress/.test(workload.annotations['proxy.istio.io/config'] ?? '')) continue;
      const rules = policies.flatMap(policy => asObjects(policy.spec.egress));
      const isNamed = rules.some(rule => asObjects(rule.ports).some(({ port }) => typeof port === 'string'));
      if (!isNamed && !rules.some(rule => opensPort(rule, PORT) && mayReachIstiod(rule))) report.at(policies[0], ['spec', 'egress'], `no policy lets ${workload.namespace}/${workload.name}, which gets a proxy, reach port ${PORT}`);
    }
  },
};

/** Whether the peers of a rule can be istiod, whose pods always have these labels. */
function mayReachIstiod({ to }: Json): boolean {
  const peers = asObjects(to).map(({ podSelector }) => asObject(asObject(podSelector).matchLabels));
  return peers.length === 0 || peers.some(({ app = 'istiod', istio = 'pilot' }) => app === 'istiod' && istio === 'pilot');
}

/** Whether a workload is istiod, as its charts make it: nobody else has this container and image. */
function isIstiod({ manifest, containers, pod }: Workload): boolean {
  return manifest.kind === 'Deployment' && pod.hostNetwork !== true && containers.some(({ name, image }) => name === 'discovery' && /(^|\/)pilot(:|@|$)/.test(image));
}

/** Whether proxies are told another address of istiod. */
function isElsewhere(system: System): boolean {
  return system.meshes.some(({ config }) => !/^$|:15012$/.test(asText(asObject(config.value.defaultConfig).discoveryAddress)));
}
