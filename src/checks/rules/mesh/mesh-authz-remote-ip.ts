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
      if (!hasSelector(policy)) continue;
      const at = sourcesOf(policy).filter(({ value }) => asList(value.remoteIpBlocks).length > 0).map(({ path }) => [...path, 'remoteIpBlocks']);
      const when = conditionsOf(policy).filter(({ value }) => asText(value.key) === 'remote.ip' && asList(value.values).length > 0).map(({ path }) => path);
      if (at.length + when.length === 0) continue;
      const application = selectedBy(system, policy).find(workload => !workload.containers.some(({ name }) => name === 'istio-proxy'));
      for (const path of application ? [...at, ...when] : []) report.at(policy, path, `${application!.manifest.kind} ${application!.name} is no gateway`);
    }
  },
};
