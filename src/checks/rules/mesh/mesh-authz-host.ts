import { asTexts } from '../../../model/manifest';
import { authorizationPolicies, operationsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzHost: Rule = {
  id: 'MESH-AUTHZ-HOST',
  level: Level.WARNING,
  title: 'what keeps a host closed can be walked around',
  why: 'hosts are compared with the whole Host header: admin.example.org:80 is another text than admin.example.org',
  fix: 'name the host with any port too, such as "admin.example.org:*", or write an ALLOW policy with hosts',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      const field = policy.spec.action === 'DENY' ? 'hosts' : (policy.spec.action ?? 'ALLOW') === 'ALLOW' ? 'notHosts' : undefined;
      for (const { path, value } of field ? operationsOf(policy) : []) {
        // a list of allowed hosts leaves no others
        if (field === 'notHosts' && asTexts(value.hosts).length > 0) continue;
        const hosts = asTexts(value[field!]);
        hosts.forEach((host, i) => {
          const covered = host.includes('*') || host.includes(':') || hosts.some(other => other.startsWith(host) && other.endsWith('*'));
          if (!covered) report.at(policy, [...path, field!, i], `"${host}" does not match "${host}:80"`);
        });
      }
    }
  },
};
