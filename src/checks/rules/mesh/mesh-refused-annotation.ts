import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRefusedAnnotation: Rule = {
  id: 'MESH-REFUSED-ANNOTATION',
  level: Level.ERROR,
  title: 'an object of Istio has an annotation with which Istio refuses it',
  why: 'istiod\'s webhook refuses the object: AuthorizationPolicies alone can be tried out',
  fix: 'remove the annotation',
  source: 'istio pkg/config/validation/validation.go, validateMetadata',
  check: (system, report) => {
    for (const object of system.manifests.filter(({ group }) => GROUPS.has(group))) {
      const refused = object.group === 'security.istio.io' && object.kind === 'AuthorizationPolicy' ? INTERNAL : [DRY_RUN, ...INTERNAL];
      for (const name of refused.filter(one => object.annotations[one] !== undefined)) {
        const known = name === DRY_RUN ? `${object.kind} knows no dry-run: it takes effect at once` : `${name} is not for users`;
        report.at(object, ['metadata', 'annotations', name], known);
      }
    }
  },
};

const GROUPS = new Set(['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io']);
const DRY_RUN = 'istio.io/dry-run';
const INTERNAL = ['internal.istio.io/webhook-always-reject', 'internal.istio.io/parents', 'internal.istio.io/parent-namespace'];
