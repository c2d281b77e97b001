import { isFilledIn } from '../../../model/filled-in';
import { asList, asText, asTexts } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

const WIDE = 'istio-injection';
const REVISION = 'istio.io/rev';

export const meshRevision: Rule = {
  id: 'MESH-REVISION',
  level: Level.WARNING,
  title: 'a namespace asks for a revision of Istio that injects nothing into it',
  why: 'istio-injection outweighs istio.io/rev, and a revision that nobody installed has no webhook: pods keep the old proxy, or get none and no policy holds',
  fix: 'give the namespace one of the two labels, with the revision that is installed',
  source: 'istio docs, canary upgrades; istioctl analyze IST0123; manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml',
  check: (system, report) => {
    const known = revisionsOf(system);
    for (const namespace of system.all('Namespace')) {
      const { [WIDE]: wide, [REVISION]: revision } = namespace.labels;
      if (revision === undefined || isFilledIn(revision)) continue;
      const path = ['metadata', 'labels', REVISION];
      if (wide !== undefined) report.at(namespace, path, `${REVISION}: ${revision} beside ${WIDE}: ${wide}, which wins`, `remove ${WIDE}`);
      else if (known && isVersion(revision) && !known.has(revision)) report.at(namespace, path, `no installation of Istio here has the revision ${revision}; there is ${[...known].join(', ')}`);
    }
  },
};

/** Whether a revision is called after a version, which tags are not: those are put in place by commands. */
function isVersion(revision: string): boolean {
  return /^v?\d+-\d+/.test(revision);
}

/** The revisions that are installed; undefined where they are not all to be seen. */
function revisionsOf(system: System): ReadonlySet<string> | undefined {
  const isSeen = system.meshes.length > 0 && system.meshes.every(({ form, manifest }) => form !== 'ConfigMap' && manifest.spec.updateStrategy?.type !== 'RevisionBased')
    && ['MutatingWebhookConfiguration', 'IstioRevision', 'IstioRevisionTag'].every(kind => system.all(kind).length === 0);
  return isSeen ? new Set(system.meshes.flatMap(namesOf)) : undefined;
}

function namesOf({ manifest, values, form }: Mesh): string[] {
  const own = asText(values.value.revision) || asText(manifest.spec.revision) || (form === 'Istio' ? manifest.name : '') || 'default';
  return [own, ...asTexts(asList(values.value.revisionTags))];
}
