import { collect } from '../collect';
import { Selecting } from '../kubernetes/labelled';
import { isEmptySelector, selects } from '../kubernetes/selector';
import { Workload } from '../kubernetes/workload';
import { Manifest, asObject, asRecord, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** The PeerAuthentications of a namespace: those for some workloads, and what those for all say first. */
interface Policies {
  readonly narrow: Selecting<Manifest>;
  readonly wide?: string;
}

const policiesByNamespace = once((system: System): Map<string, Policies> => {
  const found = new Map<string, Manifest[]>();
  for (const policy of system.all('PeerAuthentication').filter(one => one.group === 'security.istio.io')) {
    collect(found, policy.namespace, policy);
  }
  return new Map([...found].map(([namespace, policies]) => [namespace, policiesOf(policies)]));
});

function policiesOf(policies: Manifest[]): Policies {
  const narrow = policies.filter(({ spec }) => !isEmptySelector(spec.selector));
  const wide = policies.filter(({ spec }) => isEmptySelector(spec.selector)).map(({ spec }) => asText(asObject(spec.mtls).mode)).find(tells);
  const wantedBy = ({ spec }: Manifest) => asRecord(asObject(spec.selector).matchLabels);
  return { narrow: new Selecting(narrow, wantedBy, ({ spec }, labels) => selects(spec.selector, labels)), wide };
}

function tells(mode: string): boolean {
  return mode !== '' && mode !== 'UNSET';
}

/** How a port of a workload takes connections; undefined where the input does not tell. The narrowest policy that says something counts. */
export function mtlsMode(system: System, workload: Workload, port?: number): string | undefined {
  const root = system.meshes.map(mesh => asText(mesh.config.value.rootNamespace)).find(name => name !== '') ?? 'istio-system';
  const own = policiesByNamespace(system).get(workload.namespace);
  const selecting = own?.narrow.of(workload.labels) ?? [];
  const ports = selecting.map(({ spec }) => asText(asObject(asObject(spec.portLevelMtls)[String(port)]).mode));
  const modes = selecting.map(({ spec }) => asText(asObject(spec.mtls).mode));
  return [...ports, ...modes].find(tells) ?? own?.wide ?? policiesByNamespace(system).get(root)?.wide;
}
