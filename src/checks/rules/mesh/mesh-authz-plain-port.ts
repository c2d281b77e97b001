import { Json, Manifest, asList, asObject, asObjects, asTexts } from '../../../model/manifest';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { hasSelector, hasTarget, selectedBeside } from '../../../model/mesh/selection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzPlainPort: Rule = {
  id: 'MESH-AUTHZ-PLAIN-PORT',
  level: Level.WARNING,
  title: 'a policy asks for an identity where mutual TLS is switched off',
  why: 'a caller in plaintext has no principal, namespace or service account: an ALLOW lets nobody in, a DENY keeps nobody out',
  fix: 'use STRICT for the port, or a source that plaintext has, such as ipBlocks',
  source: 'istio PeerAuthentication, AuthorizationPolicy',
  check: (system, report) => {
    for (const plain of plainPorts(system)) {
      const selected = selectedBeside(system, plain.policy);
      const near = authorizationPolicies(system).filter(policy => policy.namespace === plain.policy.namespace && !hasTarget(policy));
      for (const policy of near.filter(one => selectedBeside(system, one).some(workload => selected.includes(workload)))) {
        asObjects(policy.spec.rules).forEach((rule, i) => {
          const ports = asObjects(rule.to).flatMap(to => asTexts(asObject(to.operation).ports));
          if (asksForIdentity(rule) && (plain.port === undefined || ports.includes(plain.port))) {
            report.at(policy, ['spec', 'rules', i, 'from'], `${plain.port === undefined ? 'the workload' : `port ${plain.port}`} takes plaintext only, by PeerAuthentication ${plain.policy.name}`);
          }
        });
      }
    }
  },
};

/** What PeerAuthentications with a selector switch off: single ports, or all of them where none is named. */
function plainPorts(system: System): { policy: Manifest; port?: string }[] {
  return system.all('PeerAuthentication').filter(policy => policy.group === 'security.istio.io' && hasSelector(policy)).flatMap(policy => {
    const ports = asObject(policy.spec.portLevelMtls);
    const off = Object.keys(ports).filter(port => asObject(ports[port]).mode === 'DISABLE').map(port => ({ policy, port }));
    const isOff = asObject(policy.spec.mtls).mode === 'DISABLE' && Object.keys(ports).length === 0;
    return isOff ? [{ policy }] : off;
  });
}

function asksForIdentity(rule: Json): boolean {
  const sources = asObjects(rule.from).map(from => asObject(from.source));
  return sources.length > 0 && sources.every(source => ['principals', 'namespaces', 'serviceAccounts'].some(field => asList(source[field]).length > 0));
}
