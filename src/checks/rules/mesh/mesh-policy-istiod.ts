import { egressPolicies, hasOtherPolicies, ingressPolicies, opensPort } from '../../../model/kubernetes/network-policy';
import { wantedLabels } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asList, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

/** The port at which proxies ask istiod for their configuration. */
const PORT = 15012;

export const meshPolicyIstiod: Rule = {
  id: 'MESH-POLICY-ISTIOD',
  level: Level.WARNING,
  title: 'NetworkPolicies keep a proxy or the API server from istiod',
  why: 'a proxy without configuration is never ready, and neither is its pod; without the webhook of the injector no pod is made',
  fix: `let the pod reach port ${PORT} of istiod`,
  source: 'istio.io: ports used by Istio; Kubernetes NetworkPolicy',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system) || isElsewhere(system)) return;
    for (const istiod of system.workloads.filter(isIstiod)) {
      const policies = ingressPolicies(system, istiod);
      const opens = (policy: Manifest): boolean => asObjects(policy.spec.ingress).some(rule => opensPort(rule, PORT, istiod));
      if (policies.length > 0 && !policies.some(opens)) report.at(policies[0], ['spec', 'ingress'], `no policy lets anybody reach port ${PORT} of ${istiod.namespace}/${istiod.name}`, `let all proxies reach port ${PORT} of istiod`);
    }
    for (const namespace of system.workloads.some(isIstiod) ? [] : istiodNamespaces(system)) checkUnseen(system, report, namespace);
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
  const peers = asObjects(to).map(({ podSelector }) => wantedLabels(podSelector));
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

/** The namespaces in which the installations of the input put istiod. */
function istiodNamespaces(system: System): Set<string> {
  const stated = system.meshes.filter(({ form }) => form !== 'ConfigMap')
    .map(({ manifest, values }) => asText(asObject(values.value.global).istioNamespace) || asText(manifest.spec.namespace) || 'istio-system');
  return new Set(stated);
}

/** The port of the injector, which the API server calls. */
const INJECTOR = 15017;

/** Tells of policies that close istiod whose pods are not in the input: they have these labels, and maybe others. */
function checkUnseen(system: System, report: Report, namespace: string): void {
  const policies = system.all('NetworkPolicy').filter(policy => policy.namespace === namespace
    && asTexts(policy.spec.policyTypes ?? ['Ingress']).includes('Ingress'));
  const closing = policies.find(({ spec }) => asObjects(asObject(spec.podSelector).matchExpressions).length === 0
    && labelsOf(spec).every(([key, value]) => LABELS[key] === value));
  const rules = policies.filter(({ spec }) => labelsOf(spec).every(([key, value]) => (LABELS[key] ?? value) === value))
    .flatMap(({ spec }) => asObjects(spec.ingress));
  const isNamed = rules.some(rule => asObjects(rule.ports).some(({ port }) => typeof port === 'string'));
  for (const [port, caller] of closing && !isNamed ? [[PORT, 'proxies'], [INJECTOR, 'the API server']] as const : []) {
    const isOpen = rules.some(rule => opensPort(rule, port) && (port === PORT || isForAll(rule)));
    if (isOpen) continue;
    report.at(closing!, ['spec', 'ingress'], `no policy of namespace ${namespace} lets ${caller} reach port ${port} of istiod`, `let ${caller} reach port ${port} of the pods with app: istiod`);
  }
}

const LABELS: Record<string, string> = { app: 'istiod', istio: 'pilot' };

function labelsOf(spec: Json): [string, string][] {
  return Object.entries(wantedLabels(spec.podSelector));
}

/** Whether a rule lets in who is no pod. */
function isForAll({ from }: Json): boolean {
  return asList(from).length === 0 || asObjects(from).some(({ ipBlock }) => ipBlock !== undefined);
}
