import { hasVariants } from '../../../model/kubernetes/namespaces';
import { Workload } from '../../../model/kubernetes/workload';
import { asObject, asText } from '../../../model/manifest';
import { isInjected, templatesOf } from '../../../model/mesh/injection';
import { Mesh } from '../../../model/mesh/mesh';
import { whyNotInjected } from '../../../model/mesh/not-injected';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshInitContainer: Rule = {
  id: 'MESH-INIT-CONTAINER',
  level: Level.WARNING,
  title: 'injected pods get a container that their namespace refuses',
  why: 'without Istio\'s CNI plugin the container istio-init changes the rules of the network, with NET_ADMIN and NET_RAW: baseline and restricted refuse the pod',
  fix: 'install the chart cni, and set pilot.cni.enabled: true (for the chart istiod cni.enabled: true)',
  source: 'istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml; Pod Security Standards',
  check: (system, report) => {
    const meshes = system.meshes.filter(({ form }) => form !== 'ConfigMap');
    if (meshes.length === 0 || meshes.some(hasCni) || system.injectors.length > 0 || isInstalled(system.clusters)) return;
    const refused = system.workloads.find(workload => getsSidecar(system, workload) && isGuarded(system, workload));
    if (!refused) return;
    const level = system.labelsOf(refused.namespace)!['pod-security.kubernetes.io/enforce'];
    for (const { manifest, values } of meshes) {
      report.at(manifest, [...values.path, 'pilot', 'cni'], `pods get istio-init, and ${refused.namespace} of ${refused.name} enforces ${level}`);
    }
  },
};

/** Whether the plugin of Istio does the work of istio-init, by itself or by the platform. */
function hasCni({ manifest, values, form }: Mesh): boolean {
  const { pilot, istio_cni: old, cni, global, profile, platform } = asObject(values.value);
  const states = [asObject(pilot).cni, old, form === 'values' ? cni : undefined, asObject(manifest.spec.components).cni].map(state => asObject(state).enabled);
  const words = [manifest.spec.profile, profile, platform, asObject(global).platform].map(asText).join(' ');
  return states.includes(true) || /ambient|openshift|remote/.test(words);
}

/** Whether the plugin is in the input by itself. */
const isInstalled = once((clusters: readonly System[]): boolean => clusters.some(installsCni));

function installsCni(system: System): boolean {
  return system.all('IstioCNI').length > 0 || system.all('DaemonSet').some(({ name }) => name.startsWith('istio-cni'))
    || ['HelmRelease', 'Application', 'HelmChart'].some(kind => system.all(kind).some(({ value }) => /"chart":"(istio-)?cni"/.test(JSON.stringify(value))));
}

function getsSidecar(system: System, workload: Workload): boolean {
  const templates = templatesOf(workload);
  const isStated = workload.containers.length > 0 && workload.containers.every(({ name }) => name !== 'istio-proxy' && name !== 'istio-init');
  return isStated && (templates.length === 0 || templates.includes('sidecar')) && isInjected(system, workload) && whyNotInjected(system, workload) === undefined;
}

function isGuarded(system: System, { namespace }: Workload): boolean {
  return !hasVariants(system, namespace) && ['baseline', 'restricted'].includes(system.labelsOf(namespace)?.['pod-security.kubernetes.io/enforce'] ?? '');
}
