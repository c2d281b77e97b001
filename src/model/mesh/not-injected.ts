import { isFilledIn } from '../filled-in';
import { Workload } from '../kubernetes/workload';
import { asObject } from '../manifest';
import { System } from '../system';

/** The label, and the older annotation, by which a pod asks for injection. */
export const INJECT = 'sidecar.istio.io/inject';
export const NAMESPACE_LABEL = 'istio-injection';

/** Why the webhook of the injector is never asked for a pod; undefined where it is, or may be. */
export function whyNotInjected(system: System, { namespace, labels, pod }: Workload): string | undefined {
  const own = labels[INJECT];
  const around = system.labelsOf(namespace);
  if (own === 'false') return `it has the label ${INJECT}: "false"`;
  if (pod.hostNetwork === true) return 'it is in the network of its node';
  if (around === undefined || own !== undefined && isFilledIn(own)) return undefined;
  const wide = around[NAMESPACE_LABEL];
  if (wide !== undefined) return wide === 'enabled' || isFilledIn(wide) ? undefined : `namespace ${namespace} has the label ${NAMESPACE_LABEL}: ${wide}`;
  if (around['istio.io/rev'] !== undefined || labels['istio.io/rev'] !== undefined || own === 'true' || isForAll(system)) return undefined;
  return own === undefined ? `neither it nor namespace ${namespace} has a label that asks for it` : `its label ${INJECT} is "${own}", and namespace ${namespace} has none`;
}

/** Whether pods without labels are injected, too. */
function isForAll(system: System): boolean {
  return system.meshes.some(({ values }) => asObject(values.value.sidecarInjectorWebhook).enableNamespacesByDefault === true);
}
