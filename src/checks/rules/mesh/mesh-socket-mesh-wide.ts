import { asTexts } from '../../../model/manifest';
import { isInjected, templatesOf, wantsSpire } from '../../../model/mesh/injection';
import { Mesh, statedSocketFile } from '../../../model/mesh/mesh';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSocketMeshWide: Rule = {
  id: 'MESH-SOCKET-MESH-WIDE',
  level: Level.ERROR,
  title: 'every proxy of the mesh is told to wait for SPIRE\'s socket, and some do not have it',
  why: 'with a name that is not "socket" istio-agent exits where the socket is not there: the pods never become ready',
  fix: 'name the template of SPIRE in sidecarInjectorWebhook.defaultTemplates and at gateways, or set WORKLOAD_IDENTITY_SOCKET_FILE at single pods with the annotation proxy.istio.io/config',
  source: 'istio pkg/istio-agent/agent.go',
  check: (system, report) => {
    const [mesh, ...others] = system.meshes;
    if (!mesh || others.length > 0 || mesh.form === 'ConfigMap') return;
    const file = statedSocketFile(mesh);
    if (file === '' || file === 'socket' || file.includes('/')) return;
    const [without] = withoutSocket(system);
    const path = [...mesh.config.path, 'defaultConfig', 'proxyMetadata', 'WORKLOAD_IDENTITY_SOCKET_FILE'];
    if (without !== undefined && !hasDefault(mesh)) report.at(mesh.manifest, path, `no template brings ${file} to the proxies of ${without}`);
  },
};

/** The pods whose proxies have the default templates or others without SPIRE, and no name of a socket of their own. */
const withoutSocket = once((system: System): string[] => system.workloads
  .filter(workload => !/WORKLOAD_IDENTITY_SOCKET_FILE/.test(workload.annotations['proxy.istio.io/config'] ?? '') && isInjected(system, workload) && !wantsSpire(system, workload))
  // the annotation may bring in the volume
  .filter(workload => templatesOf(workload).length === 0 && workload.annotations['sidecar.istio.io/userVolume'] === undefined)
  .map(({ namespace, name }) => (namespace === '' ? name : `${namespace}/${name}`)));

/** Whether the default templates, or a change of the built-in one, may bring in the socket. */
function hasDefault({ values, templates }: Mesh): boolean {
  const { defaultTemplates } = values.value.sidecarInjectorWebhook ?? {};
  return defaultTemplates !== undefined && asTexts(defaultTemplates).some(name => name !== 'sidecar') || templates.has('sidecar');
}
