import { addressOf, isCutOff, isProxyVariable } from '../../../model/kubernetes/egress';
import { egressPolicies, hasOtherPolicies, limitsEgress } from '../../../model/kubernetes/network-policy';
import { selects } from '../../../model/kubernetes/selector';
import { Manifest, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshJwtClosed: Rule = {
  id: 'MESH-JWT-CLOSED',
  level: Level.ERROR,
  title: 'NetworkPolicies keep istiod from the keys of a RequestAuthentication',
  why: 'istiod fetches jwksUri, not the proxy: without the keys every token is refused',
  fix: 'let istiod reach the host and port of jwksUri, or write the keys into jwks',
  source: 'Kubernetes NetworkPolicy; istio pilot/pkg/model/jwks_resolver.go',
  check: (system, report) => {
    const requests = system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system) ? [] : system.all('RequestAuthentication');
    const policies = requests.length > 0 && !isFetchedByProxies(system) ? policiesOfIstiod(system) : [];
    if (policies.length === 0) return;
    const seen = new Set<string>();
    for (const rule of requests.flatMap(({ spec }) => asObjects(spec.jwtRules))) {
      const { host, port } = addressOf(asText(rule.jwks) === '' ? asText(rule.jwksUri) || asText(rule.issuer) : '') ?? {};
      if (host === undefined || port === undefined || seen.has(`${host}:${port}`) || /[$\uE000]/.test(host)) continue;
      seen.add(`${host}:${port}`);
      if (isCutOff(system, policies, ISTIO, host, port)) report.at(policies[0], ['spec', 'egress'], `no policy lets istiod reach ${host}:${port}, where a RequestAuthentication has its keys`);
    }
  },
};

const ISTIO = 'istio-system';
/** What charts and istioctl label istiod with, whose pods are seldom in the input. */
const ISTIOD = { app: 'istiod', istio: 'pilot' };

function policiesOfIstiod(system: System): Manifest[] {
  const pods = system.workloadsIn(ISTIO).filter(({ labels }) => labels.app === ISTIOD.app || labels.istio === ISTIOD.istio);
  if (pods.length > 0) return pods[0].pod.hostNetwork === true ? [] : egressPolicies(system, pods[0]);
  const near = system.all('NetworkPolicy').filter(({ group, namespace }) => group === 'networking.k8s.io' && namespace === ISTIO);
  return near.filter(policy => limitsEgress(policy) && selects(policy.spec.podSelector, ISTIOD));
}

/** Whether istiod is told to leave the fetching to Envoy, or calls by way of another. */
function isFetchedByProxies(system: System): boolean {
  const isSet = (name: string): boolean => name === 'PILOT_JWT_ENABLE_REMOTE_JWKS' || isProxyVariable(name);
  const given = system.workloadsIn(ISTIO).flatMap(({ containers }) => containers.flatMap(({ value }) => asObjects(value.env)));
  return system.meshes.some(({ env }) => env.some(({ name }) => isSet(name))) || given.some(({ name }) => isSet(asText(name)));
}
