import { selectsLabels } from '../../../model/kubernetes/selector';
import { containerPort } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, asObjects, asRecord, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsServicePort: Rule = {
  id: 'OPS-SERVICE-PORT',
  level: Level.WARNING,
  title: 'a Service leads to a port that its pods do not name',
  why: 'a named targetPort is looked up in the ports of the containers: without it the Service has no endpoints on that port',
  fix: 'give the port of the container that name, or write its number',
  source: 'Kubernetes Service',
  check: (system, report) => {
    for (const service of system.all('Service').filter(({ group }) => group === '')) {
      asObjects(service.spec.ports).forEach(({ targetPort }, i) => {
        if (typeof targetPort !== 'string' || /^\d+$/.test(targetPort)) return;
        const workloads = workloadsOf(system, service);
        // SPIRE's charts leave the Service of a webhook that is switched off
        if (workloads.some(({ containers }) => containers.some(({ value }) => asObjects(value.env).some(isSwitchedOff)))) return;
        if (workloads.length === 0 || workloads.some(workload => containerPort(workload, targetPort) !== undefined)) return;
        report.at(service, ['spec', 'ports', i, 'targetPort'], `no container of ${workloads[0].name} has a port "${asText(targetPort)}"`);
      });
    }
  },
};

function isSwitchedOff({ name, value }: Json): boolean {
  return name === 'ENABLE_WEBHOOKS' && asText(value) === 'false';
}

/** The workloads that a Service selects. */
function workloadsOf(system: System, service: Manifest): Workload[] {
  const [label] = Object.entries(asRecord(service.spec.selector));
  const near = label ? byLabel(system).get(`${service.namespace}/${label.join('=')}`) ?? [] : [];
  return near.filter(workload => selectsLabels(service.spec.selector, workload.labels));
}

const byLabel = once((system: System): Map<string, Workload[]> => {
  const found = new Map<string, Workload[]>();
  for (const workload of system.workloads) {
    for (const label of Object.entries(workload.labels)) {
      const key = `${workload.namespace}/${label.join('=')}`;
      const list = found.get(key);
      if (list) list.push(workload);
      else found.set(key, [workload]);
    }
  }
  return found;
});
