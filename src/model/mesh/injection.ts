import { INJECT } from './not-injected';
import { injectionTemplates } from './templates';
import { Workload } from '../kubernetes/workload';
import { asObject, asRecord } from '../manifest';
import { once } from '../once';
import { readManifests } from '../reader';
import { System } from '../system';
import { Text } from '../text';

export const TEMPLATES_ANNOTATION = 'inject.istio.io/templates';

/** Whether a pod gets an istio-proxy, or is one (a gateway). */
export function isInjected(system: System, workload: Workload): boolean {
  const own = workload.labels[INJECT] ?? workload.annotations[INJECT];
  if (own === 'false') return false;
  if (own === 'true' || workload.annotations[TEMPLATES_ANNOTATION] !== undefined) return true;
  if (workload.containers.some(container => container.name === 'istio-proxy')) return true;
  if (workload.pod.hostNetwork === true) return false;
  const labels = system.labelsOf(workload.namespace) ?? {};
  return labels['istio-injection'] === 'enabled' || (labels['istio.io/rev'] !== undefined && labels['istio-injection'] !== 'disabled');
}

/** The labels of the running pod: those of the template and those that injection adds. */
export function podLabels(system: System, workload: Workload): Record<string, string> {
  if (!isInjected(system, workload)) return workload.labels;
  const name = workload.labels['app.kubernetes.io/name'] ?? workload.labels.app ?? workload.name;
  return {
    'security.istio.io/tlsMode': 'istio',
    'service.istio.io/canonical-name': name,
    'service.istio.io/canonical-revision': workload.labels['app.kubernetes.io/version'] ?? workload.labels.version ?? 'latest',
    ...workload.labels,
    ...Object.assign({}, ...templatesOf(workload).map(template => templateLabels(system).get(template))),
  };
}

/** The labels that templates give to pods, as far as they are plain YAML. */
const templateLabels = once((system: System): ReadonlyMap<string, Record<string, string>> => new Map(injectionTemplates(system)
  .map(([name, text]): [string, Record<string, string>] => [name, labelsIn(text)])));

function labelsIn({ file, text }: Text): Record<string, string> {
  const manifests = text.includes('labels:') && !text.includes('{{') ? readManifests(file, text).manifests : [];
  return asRecord(asObject(manifests[0]?.value.metadata).labels);
}

/** The injection templates a pod asks for by name. */
export function templatesOf(workload: Workload): readonly string[] {
  const names = workload.annotations[TEMPLATES_ANNOTATION];
  return names === undefined ? NONE : names.split(',').map(name => name.trim()).filter(name => name !== '');
}

const NONE: readonly string[] = [];

/** The templates of meshes that bring in SPIRE's socket, whatever they are called. */
const spireTemplates = once((system: System): ReadonlySet<string> =>
  new Set(injectionTemplates(system).filter(([, { text }]) => text.includes('csi.spiffe.io')).map(([name]) => name)));

/** Whether a pod's proxy takes its identity from SPIRE, as far as its own template and those of injection show. */
export function wantsSpire(system: System, workload: Workload): boolean {
  return templatesOf(workload).some(name => /spire|spiffe/.test(name) || spireTemplates(system).has(name))
    || workload.volumes.some(volume => volume.name === 'workload-socket' && volume.csi?.driver === 'csi.spiffe.io');
}

/** The workloads whose proxies take their identity from SPIRE. */
export const spireProxies = once((system: System): readonly Workload[] => system.workloads.filter(workload => wantsSpire(system, workload)));
