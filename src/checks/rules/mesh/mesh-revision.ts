import { isFilledIn } from '../../../model/filled-in';
import { Manifest, Path, asObject, asText } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRevision: Rule = {
  id: 'MESH-REVISION',
  level: Level.WARNING,
  title: 'a namespace asks for a revision of Istio that is not installed',
  why: 'no injector answers for it: its pods start without a proxy, and no policy of Istio holds there',
  fix: 'write a revision or a tag that is installed',
  source: 'istio revisions and tags; sail-operator docs, RevisionBased',
  check: (system, report) => {
    const known = revisions(system);
    const tell = (object: Manifest, path: Path, revision = ''): void => {
      if (revision !== '' && !isFilledIn(revision) && !known?.includes(revision)) report.at(object, path, `revision "${revision}" is not installed: there is ${known?.join(', ')}`);
    };
    for (const namespace of known ? system.all('Namespace') : []) tell(namespace, ['metadata', 'labels', REVISION], namespace.labels[REVISION]);
    for (const workload of known ? system.workloads : []) tell(workload.manifest, workload.at('metadata', 'labels', REVISION), workload.labels[REVISION]);
  },
};

const REVISION = 'istio.io/rev';

/** The revisions that there are, and their tags; undefined where one of the installations does not say its own. */
function revisions(system: System): string[] | undefined {
  const own = system.meshes.map(revisionOf);
  if (own.length === 0 || own.includes('') || system.all('MutatingWebhookConfiguration').length > 0) return undefined;
  return [...own, ...system.all('IstioRevisionTag').map(({ name }) => name), ...system.all('IstioRevision').map(({ name }) => name)];
}

/** The revision of an installation by the Sail operator, whose name holds it; others are tagged by hand. */
function revisionOf({ form, manifest }: Mesh): string {
  if (form !== 'Istio') return '';
  const { updateStrategy, version } = manifest.spec;
  if (asText(asObject(updateStrategy).type) !== 'RevisionBased') return manifest.name;
  return /^v\d+\.\d+\.\d+$/.test(asText(version)) ? `${manifest.name}-${asText(version).replace(/\./g, '-')}` : '';
}
