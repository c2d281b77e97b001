import { Workload } from '../../../model/kubernetes/workload';
import { asObject } from '../../../model/manifest';
import { hasSelector, hasTarget, rootNamespaces, selectedBeside } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshPeerScope: Rule = {
  id: 'MESH-PEER-SCOPE',
  level: Level.ERROR,
  title: 'a PeerAuthentication does not apply to what it names',
  why: 'in the root namespace one with a selector does nothing, ports need a selector, and of two on one level the older one wins',
  fix: 'put one PeerAuthentication with a selector into the namespace of the workload, and one without into each namespace',
  source: 'observed: istiod with Envoy 1.40; istio pkg/config/validation/validation.go',
  check: (system, report) => {
    const roots = rootNamespaces(system);
    const wide = new Map<string, string>();
    const narrow = new Map<Workload, string>();
    // many policies select the same pods
    const seen = new Set<readonly Workload[]>();
    for (const policy of system.all('PeerAuthentication').filter(one => one.group === 'security.istio.io')) {
      const near = hasTarget(policy) ? [] : selectedBeside(system, policy);
      const ports = Object.keys(asObject(policy.spec.portLevelMtls));
      if (!hasSelector(policy)) {
        if (ports.length > 0) report.at(policy, ['spec', 'portLevelMtls'], 'portLevelMtls without a selector is refused');
        const first = policy.namespace === '' ? policy.name : wide.get(policy.namespace);
        if (first === undefined) wide.set(policy.namespace, policy.name);
        else if (first !== policy.name) report.at(policy, ['spec'], `${first} is for all of namespace ${policy.namespace}, too: the older of the two wins`);
      } else if (roots.has(policy.namespace) && near.length === 0) {
        report.at(policy, ['spec', 'selector'], `a selector in the root namespace ${policy.namespace} reaches no other namespace`);
      } else {
        const twice = near.find(workload => (narrow.get(workload) ?? policy.name) !== policy.name);
        if (twice) report.at(policy, ['spec', 'selector'], `${narrow.get(twice)} is for ${twice.manifest.kind} ${twice.name}, too: the older of the two wins, they are not joined`);
        if (!seen.has(near)) near.forEach(workload => narrow.set(workload, narrow.get(workload) ?? policy.name));
        seen.add(near);
      }
    }
  },
};
