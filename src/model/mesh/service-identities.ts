import { serviceOf } from './hosts';
import { isInjected } from './injection';
import { workloadsWith } from './selection';
import { asObject, asText } from '../manifest';
import { trustDomains } from '../spire/entries';
import { System } from '../system';

/** The SPIFFE IDs with which the workloads behind a Service of a cluster answer, as Istio's callers expect them. */
export function identitiesBehind(system: System, host: string): string[] {
  const service = serviceOf(system, host, '');
  const issued = trustDomains(system);
  const [trustDomain, ...others] = issued.length > 0 ? issued : statedDomains(system);
  if (!service || others.length > 0 || trustDomain === undefined) return [];
  const selector = asObject(service.spec.selector);
  const workloads = Object.keys(selector).length === 0 ? []
    : workloadsWith(system, service.namespace, selector).filter(workload => isInjected(system, workload));
  return [...new Set(workloads.map(({ namespace, serviceAccount }) => `spiffe://${trustDomain}/ns/${namespace}/sa/${serviceAccount}`))];
}

/** The trust domains that meshes say they have, where no SPIRE is in the input. */
function statedDomains(system: System): string[] {
  return [...new Set(system.meshes.map(({ config }) => asText(config.value.trustDomain)).filter(name => name !== ''))];
}
