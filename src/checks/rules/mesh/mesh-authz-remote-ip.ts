import { asList, asText } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { hasSelector, selectedBy } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzRemoteIp: Rule = {
  id: 'MESH-AUTHZ-REMOTE-IP',
  level: Level.WARNING,
  title: 'a policy believes the address that a caller writes into a header',
  why: 'a sidecar takes remoteIpBlocks from the last entry of X-Forwarded-For, which every caller may write; only a gateway behind a known number of proxies can tell',
  fix: 'put the policy at the gateway, or use ipBlocks',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system).filter(({ spec }) => (spec.action ?? 'ALLOW') === 'ALLOW')) {
      const applications = selectedBy(system, policy).filter(workload => !workload.containers.some(({ name }) => name === 'istio-proxy'));
      if (!hasSelector(policy) || applications.length === 0) continue;
      const at = sourcesOf(policy).filter(({ value }) => asList(value.remoteIpBlocks).length > 0).map(({ path }) => [...path, 'remoteIpBlocks']);
      const when = conditionsOf(policy).filter(({ value }) => asText(value.key) === 'remote.ip' && asList(value.values).length > 0).map(({ path }) => path);
      for (const path of [...at, ...when]) report.at(policy, path, `${applications[0].manifest.kind} ${applications[0].name} is no gateway`);
    }
  },
};
