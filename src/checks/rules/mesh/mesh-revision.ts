import { isFilledIn } from '../../../model/filled-in';
import { Manifest, Path, asList, asObject, asText, asTexts } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

const WIDE = 'istio-injection';
const REVISION = 'istio.io/rev';

export const meshRevision: Rule = {
  id: 'MESH-REVISION',
  level: Level.WARNING,
  title: 'a namespace or a pod asks for a revision of Istio that injects nothing into it',
  why: 'istio-injection outweighs istio.io/rev, and a revision that nobody installed has no webhook: pods keep the old proxy, or get none and no policy holds',
  fix: 'write a revision or a tag that is installed',
  source: 'istio docs, canary upgrades; istioctl analyze IST0123; manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml; sail-operator docs',
  check: (system, report) => {
    const known = revisionsOf(system);
    const tell = (object: Manifest, path: Path, revision = ''): void => {
      if (revision === '' || isFilledIn(revision) || known === undefined || known.has(revision) || !mayBeSeen(system, revision)) return;
      report.at(object, path, `revision "${revision}" is not installed: there is ${[...known].join(', ')}`);
    };
    for (const namespace of system.all('Namespace')) {
      const { [WIDE]: wide, [REVISION]: revision } = namespace.labels;
      const path = ['metadata', 'labels', REVISION];
      if (wide === undefined || revision === undefined) tell(namespace, path, revision);
      else report.at(namespace, path, `${REVISION}: ${revision} beside ${WIDE}: ${wide}, which wins`, `remove ${WIDE}`);
    }
    for (const workload of system.workloads) tell(workload.manifest, workload.at('metadata', 'labels', REVISION), workload.labels[REVISION]);
  },
};

/** Whether what installs Istio would show a revision: tags are put in place by commands, unless it is the Sail operator, and are not called after versions. */
function mayBeSeen({ meshes }: System, revision: string): boolean {
  return meshes.every(({ form }) => form === 'Istio') || /^v?\d+-\d+/.test(revision);
}

/** The revisions that are installed, and their tags; undefined where they are not all to be seen. */
function revisionsOf(system: System): ReadonlySet<string> | undefined {
  const named = system.meshes.map(namesOf);
  if (named.length === 0 || named.some(names => names.length === 0) || system.all('MutatingWebhookConfiguration').length > 0) return undefined;
  return new Set([...named.flat(), ...['IstioRevision', 'IstioRevisionTag'].flatMap(kind => system.all(kind).map(({ name }) => name))]);
}

function namesOf({ manifest, values, form }: Mesh): string[] {
  if (form === 'ConfigMap') return [];
  const { updateStrategy, version, revision } = manifest.spec;
  if (form === 'Istio' && asText(asObject(updateStrategy).type) === 'RevisionBased') {
    return /^v\d+\.\d+\.\d+$/.test(asText(version)) ? [`${manifest.name}-${asText(version).replace(/\./g, '-')}`] : [];
  }
  const own = asText(values.value.revision) || asText(revision) || (form === 'Istio' ? manifest.name : '') || 'default';
  return [own, ...asTexts(asList(values.value.revisionTags))];
}
