import { asObject, asObjects, asText } from '../../../model/manifest';
import { authorizationPolicies, identityOf, principalsOf } from '../../../model/mesh/policy';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzUnknownAccount: Rule = {
  id: 'MESH-AUTHZ-UNKNOWN-ACCOUNT',
  level: Level.WARNING,
  title: 'a principal names a service account that is not there',
  why: 'the rule matches nobody',
  fix: 'use the service account that the caller runs as',
  source: 'istio pkg/spiffe/spiffe.go',
  check: (system, report) => {
    if (authorizationPolicies(system).length === 0) return;
    const accounts = new Set([...system.all('ServiceAccount').map(account => `${account.namespace}/${account.name}`),
      ...system.workloads.map(workload => `${workload.namespace}/${workload.serviceAccount}`)]);
    const namespaces = new Set(system.all('ServiceAccount').map(account => account.namespace));
    const own = new Set(['cluster.local', ...system.meshes.map(mesh => mesh.trustDomain)]);
    const named = new Set(authorizationPolicies(system).flatMap(principalsOf).flatMap(({ principal }) => identityOf(principal)?.trustDomain ?? []));
    // Without a mesh in the input the one trust domain of all policies is the own one.
    if (system.meshes.length === 0 && named.size === 1) named.forEach(domain => own.add(domain));
    const gateways = operatorGateways(system);
    for (const policy of authorizationPolicies(system)) {
      for (const { principal, path } of principalsOf(policy)) {
        const identity = identityOf(principal);
        const gateway = identity && gateways.get(`${identity.namespace}/${identity.serviceAccount}`);
        if (gateway !== undefined && own.has(identity!.trustDomain) && !accounts.has(`${identity!.namespace}/${identity!.serviceAccount}`)) {
          report.at(policy, path, `the gateway of the IstioOperator runs as ${gateway}, not as ${identity!.serviceAccount}`);
          continue;
        }
        if (!identity || !namespaces.has(identity.namespace) || !own.has(identity.trustDomain) || identity.serviceAccount === 'default') continue;
        if (!accounts.has(`${identity.namespace}/${identity.serviceAccount}`)) report.at(policy, path, `there is no service account ${identity.namespace}/${asText(identity.serviceAccount)}`);
      }
    }
  },
};

/** The service accounts of the gateways that IstioOperators install, by the name under which people look for them. */
function operatorGateways(system: System): Map<string, string> {
  return new Map(system.all('IstioOperator').flatMap(operator => ['ingressGateways', 'egressGateways'].flatMap(kind =>
    asObjects(asObject(operator.spec.components)[kind]).filter(gateway => gateway.enabled !== false).map((gateway): [string, string][] => {
      const namespace = asText(gateway.namespace) || asText(operator.spec.namespace) || 'istio-system';
      return ['istio-proxy', asText(gateway.name)].map((name): [string, string] => [`${namespace}/${name}`, `${asText(gateway.name)}-service-account`]);
    }))).flat());
}
