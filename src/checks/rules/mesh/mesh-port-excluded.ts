import { collect } from '../../../model/collect';
import { servicePorts } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { asText, asTexts } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { authorizationPolicies, operationsOf } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

const ANNOTATION = 'traffic.sidecar.istio.io/excludeInboundPorts';

export const meshPortExcluded: Rule = {
  id: 'MESH-PORT-EXCLUDED',
  level: Level.WARNING,
  title: 'a port that an AuthorizationPolicy is about goes past the proxy',
  why: 'who calls it needs no certificate, and no policy is asked',
  fix: `take the port out of ${ANNOTATION}`,
  source: 'istio docs, resource annotations',
  check: (system, report) => {
    for (const workload of system.workloads.filter(({ annotations }) => annotations[ANNOTATION] !== undefined)) {
      const excluded = workload.annotations[ANNOTATION].split(',').map(port => port.trim());
      const guarded = isInjected(system, workload) ? guardedPorts(system).get(workload) ?? [] : [];
      const targets = servicePorts(system, workload).map(({ target }) => asText(target));
      const port = excluded.find(one => guarded.includes(one) && targets.includes(one));
      if (port !== undefined) report.at(workload.manifest, workload.at('metadata', 'annotations', ANNOTATION), `port ${port} of ${workload.name} goes past its proxy, and a policy is for that port`);
    }
  },
};

/** The ports that policies name, by the workloads they are for. */
const guardedPorts = once((system: System): ReadonlyMap<Workload, string[]> => {
  const found = new Map<Workload, string[]>();
  for (const policy of authorizationPolicies(system).filter(({ spec }) => ['', 'ALLOW'].includes(asText(spec.action)))) {
    const ports = operationsOf(policy).flatMap(({ value }) => asTexts(value.ports));
    if (ports.length === 0) continue;
    const excluding = selectedBeside(system, policy).filter(({ annotations }) => annotations[ANNOTATION] !== undefined);
    for (const workload of excluding) collect(found, workload, ...ports);
  }
  return found;
});
