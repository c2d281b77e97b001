import { collect } from '../../../model/collect';
import { selectsLabels } from '../../../model/kubernetes/selector';
import { servicesOf } from '../../../model/kubernetes/service';
import { runningAs } from '../../../model/kubernetes/service-accounts';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { domainsOf } from '../../../model/mesh/mesh';
import { authorizationPolicies, identityOf, includedPrincipalsOf } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
import { once, onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSidecarHides: Rule = {
  id: 'MESH-SIDECAR-HIDES',
  level: Level.WARNING,
  title: 'an AuthorizationPolicy lets a caller in whose Sidecar does not know the Service',
  why: 'the proxy of the caller has no route to it: calls end in 502, or go out without an identity and are refused',
  fix: 'add the host to egress of the Sidecar, as <namespace>/<host>',
  source: 'istio networking/v1/sidecar.proto, egress.hosts',
  check: (system, report) => {
    if (sidecars(system).size === 0) return;
    const domains = system.meshes.flatMap(domainsOf);
    for (const policy of authorizationPolicies(system).filter(({ spec }) => ['', 'ALLOW'].includes(asText(spec.action)))) {
      for (const { principal } of includedPrincipalsOf(policy)) {
        const caller = identityOf(principal);
        const hiding = caller && domains.includes(caller.trustDomain) ? hidingSidecar(system, caller.namespace, caller.serviceAccount) : undefined;
        const called = hiding && hiddenFrom(system)(selectedBeside(system, policy), hiding);
        if (called) {
          report.at(hiding, ['spec', 'egress'], `"${principal}" may call ${called.namespace}/${called.name}, and Sidecar ${hiding.name} gives its proxy ${hostsOf(hiding).join(', ')} only`);
        }
      }
    }
  },
};

/** A workload of a list, which many policies have in common, whose Services a Sidecar does not know. */
const hiddenFrom = once((system: System) => onceIn((workloads: readonly Workload[], sidecar: Manifest) => workloads.find(workload => {
  const services = servicesOf(system, workload);
  return services.length > 0 && !services.some(service => knows(sidecar, service));
})));

/** The Sidecars that limit what proxies know, by namespace. */
const sidecars = once((system: System): ReadonlyMap<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  const limiting = system.all('Sidecar').filter(({ group, spec }) => group === 'networking.istio.io' && asObjects(spec.egress).length > 0);
  for (const sidecar of limiting) collect(found, sidecar.namespace, sidecar);
  return found;
});

/** The one Sidecar of all pods of an account; none where they differ, or it is that of the whole mesh. */
function hidingSidecar(system: System, namespace: string, account: string): Manifest | undefined {
  const near = sidecars(system).get(namespace) ?? [];
  const found = new Set((near.length > 0 ? runningAs(system, namespace, account) : []).map(workload => sidecarOf(near, workload)));
  return found.size === 1 ? [...found][0] : undefined;
}

function sidecarOf(near: readonly Manifest[], workload: Workload): Manifest | undefined {
  const labelsOf = (sidecar: Manifest): unknown => asObject(sidecar.spec.workloadSelector).labels;
  return near.find(one => labelsOf(one) !== undefined && selectsLabels(labelsOf(one), workload.labels))
    ?? near.find(one => labelsOf(one) === undefined);
}

function hostsOf({ spec }: Manifest): string[] {
  return asObjects(spec.egress).flatMap(egress => asTexts(egress.hosts));
}

function knows(sidecar: Manifest, service: Manifest): boolean {
  const short = `${service.name}.${service.namespace}`;
  const names = [`${short}.svc.cluster.local`, `${short}.svc`, short, service.name];
  return hostsOf(sidecar).some(host => {
    const [namespace, name = ''] = host.split('/');
    const isNear = namespace === '*' || namespace === service.namespace || namespace === '.' && sidecar.namespace === service.namespace;
    // what is not written out may be meant
    return isNear && (name.startsWith('*') || names.includes(name) || name.includes('$'));
  });
}
