import { Problem } from '../places';
import { isGiven } from './values';
import { fileOf, patchFiles } from '../../../model/kustomize';
import { Manifest, Path } from '../../../model/manifest';
import { System } from '../../../model/system';
import { isVariable } from '../../schemas/notation';

const DRY_RUN = 'istio.io/dry-run';
const INTERNAL = ['internal.istio.io/parents', 'internal.istio.io/parent-namespace', 'internal.istio.io/webhook-always-reject'];

type Told = [object: Manifest, path: Path, message: string];

/** What Istio refuses in the objects of a kind. A patch is no whole object, and is not looked at. */
export function istioProblems(system: System, kind: string, problemsOf: (object: Manifest) => readonly Problem[]): Told[] {
  const patches = patchFiles(system);
  const isWhole = (object: Manifest): boolean => !patches.has(fileOf(object)) && object.value.$patch === undefined;
  return system.all(kind).filter(object => object.group === 'networking.istio.io' && isWhole(object)).flatMap(object =>
    [...annotationProblems(object), ...specProblems(object, problemsOf)].map(([path, message]): Told => [object, path, message]));
}

function specProblems(object: Manifest, problemsOf: (object: Manifest) => readonly Problem[]): readonly Problem[] {
  const { spec } = object.value;
  if (!isGiven(spec)) return [[[], `the ${object.kind} has no spec`]];
  return isVariable(spec) ? [] : problemsOf(object);
}

function annotationProblems({ annotations, kind }: Manifest): Problem[] {
  return [...INTERNAL, DRY_RUN].filter(name => annotations[name] !== undefined).map((name): Problem => {
    const message = name === DRY_RUN ? `a ${kind} has no dry-run: only an AuthorizationPolicy has` : `${name} is for istiod itself`;
    return [['metadata', 'annotations', name], message];
  });
}
