import { isEmptySelector, selects } from '../kubernetes/selector';
import { Workload } from '../kubernetes/workload';
import { Manifest, asObject, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

const policiesByNamespace = once((system: System): Map<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const policy of system.all('PeerAuthentication').filter(one => one.group === 'security.istio.io')) {
    const list = found.get(policy.namespace);
    if (list) list.push(policy);
    else found.set(policy.namespace, [policy]);
  }
  return found;
});

/** How a port of a workload takes connections; undefined where the input does not tell. The narrowest policy that says something counts. */
export function mtlsMode(system: System, workload: Workload, port?: number): string | undefined {
  const root = system.meshes.map(mesh => asText(mesh.config.value.rootNamespace)).find(name => name !== '') ?? 'istio-system';
  const own = policiesByNamespace(system).get(workload.namespace) ?? [];
  const selecting = own.filter(({ spec }) => !isEmptySelector(spec.selector) && selects(spec.selector, workload.labels));
  const ports = selecting.map(({ spec }) => asText(asObject(asObject(spec.portLevelMtls)[String(port)]).mode));
  const wide = [...own, ...policiesByNamespace(system).get(root) ?? []].filter(({ spec }) => isEmptySelector(spec.selector));
  const modes = [...selecting, ...wide].map(({ spec }) => asText(asObject(spec.mtls).mode));
  return [...ports, ...modes].find(mode => mode !== '' && mode !== 'UNSET');
}
