import { serviceOf } from './hosts';
import { isInjected } from './injection';
import { selectsLabels } from '../kubernetes/selector';
import { asObject } from '../manifest';
import { trustDomains } from '../spire/entries';
import { System } from '../system';

/** The SPIFFE IDs with which the workloads behind a Service of a cluster answer, as Istio's callers expect them. */
export function identitiesBehind(system: System, host: string): string[] {
  const service = serviceOf(system, host, '');
  const [trustDomain, ...others] = trustDomains(system);
  if (!service || others.length > 0 || trustDomain === undefined) return [];
  const selector = asObject(service.spec.selector);
  const workloads = Object.keys(selector).length === 0 ? [] : system.workloadsIn(service.namespace)
    .filter(workload => selectsLabels(selector, workload.labels) && isInjected(system, workload));
  return [...new Set(workloads.map(({ namespace, serviceAccount }) => `spiffe://${trustDomain}/ns/${namespace}/sa/${serviceAccount}`))];
}
