import { amountOf } from '../../../formats/quantity';
import { Json, asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsLimits: Rule = {
  id: 'OPS-LIMITS',
  level: Level.ERROR,
  title: 'a container may have less than it requests',
  why: 'the API server refuses the pod: its Deployment or DaemonSet stays without pods',
  fix: 'let the limit be at least the request',
  source: 'Kubernetes pkg/apis/core/validation, ValidateContainerResourceRequirements',
  check: (system, report) => {
    for (const workload of system.workloads) {
      for (const container of workload.containers) {
        const { limits, requests } = asObject(container.value.resources);
        const wrong = limits && requests && Object.keys(asObject(requests)).find(name => isLess(limits[name], requests[name]));
        if (wrong) report.at(workload.manifest, [...container.path, 'resources', 'limits', wrong], `limits.${wrong} of container ${container.name} is ${asText(limits[wrong])}, requests.${wrong} ${asText(requests[wrong])}`);
      }
    }
  },
};

function isLess(limit: Json, request: Json): boolean {
  return limit !== request && limit !== undefined && amount(limit) < amount(request);
}

/** How much a quantity is; what is not there or not understood is neither more nor less. */
function amount(quantity: Json): number {
  return amountOf(asText(quantity));
}
