import { Problem } from './places';
import { fileOf, patchFiles } from '../../model/kustomize';
import { Manifest, Path } from '../../model/manifest';
import { System } from '../../model/system';

const DRY_RUN = 'istio.io/dry-run';
const INTERNAL = ['internal.istio.io/parents', 'internal.istio.io/parent-namespace', 'internal.istio.io/webhook-always-reject'];

/** What Istio refuses in the objects of a kind. A patch is no whole object, and is not looked at. */
export function istioProblems(system: System, kind: string, problemsOf: (object: Manifest) => readonly Problem[]): [Manifest, Path, string][] {
  const patches = patchFiles(system);
  return system.all(kind).filter(object => object.group === 'networking.istio.io' && !patches.has(fileOf(object)) && object.value.$patch === undefined)
    .flatMap(object => [...annotationProblems(object), ...specProblems(object, problemsOf)].map(([path, message]): [Manifest, Path, string] => [object, path, message]));
}

function specProblems(object: Manifest, problemsOf: (object: Manifest) => readonly Problem[]): readonly Problem[] {
  return object.value.spec === undefined || object.value.spec === null ? [[[], `the ${object.kind} has no spec`]] : problemsOf(object);
}

function annotationProblems({ annotations, kind }: Manifest): Problem[] {
  const internal = INTERNAL.filter(name => annotations[name] !== undefined).map((name): Problem => [['metadata', 'annotations', name], `${name} is for istiod itself`]);
  return annotations[DRY_RUN] === undefined ? internal : [...internal, [['metadata', 'annotations', DRY_RUN], `a ${kind} has no dry-run: only an AuthorizationPolicy has`]];
}
