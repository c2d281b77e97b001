import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { hasSelector, hasTarget, selectedBy } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzCustom: Rule = {
  id: 'MESH-AUTHZ-CUSTOM',
  level: Level.ERROR,
  title: 'a CUSTOM policy denies instead of asking',
  why: 'with two providers at one workload, or a provider that authorizes nothing, the rules of CUSTOM policies act as DENY',
  fix: 'use one provider of the kind envoyExtAuthzGrpc or envoyExtAuthzHttp at each workload',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    const policies = authorizationPolicies(system).filter(({ spec }) => spec.action === 'CUSTOM' && providerOf(spec) !== '');
    const providers = system.meshes.flatMap(mesh => asObjects(mesh.config.value.extensionProviders));
    // the first policy of each workload, and of all of a namespace
    const first = new Map<unknown, Manifest>();
    for (const policy of policies) {
      const provider = providers.find(({ name }) => asText(name) === providerOf(policy.spec));
      if (provider && provider.envoyExtAuthzGrpc === undefined && provider.envoyExtAuthzHttp === undefined) {
        report.at(policy, ['spec', 'provider', 'name'], `provider "${asText(provider.name)}" is no authorization service`);
      }
      const [any, wide] = [`any ${policy.namespace}`, `wide ${policy.namespace}`];
      const selected = selectedBy(system, policy);
      const other = [...selected, isWide(policy) ? any : wide].map(place => first.get(place))
        .find(one => one !== undefined && !hasTarget(one) && !hasTarget(policy) && providerOf(one.spec) !== providerOf(policy.spec));
      for (const place of [...selected, any, ...isWide(policy) ? [wide] : []]) first.set(place, first.get(place) ?? policy);
      if (other) report.at(policy, ['spec', 'provider', 'name'], `${other.name} asks "${providerOf(other.spec)}", this one asks "${providerOf(policy.spec)}", for the same workload`);
    }
  },
};

function providerOf(spec: Manifest['spec']): string {
  return asText(asObject(spec.provider).name);
}

/** Whether a policy is for all workloads of its namespace. */
function isWide(policy: Manifest): boolean {
  return !hasSelector(policy);
}
