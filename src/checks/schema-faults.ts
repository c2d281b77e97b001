import { Fault, faultsOf, objectType, specType } from './schemas';
import { isWhole } from '../model/kubernetes/whole';
import { fileOf, patchFiles } from '../model/kustomize';
import { Manifest } from '../model/manifest';
import { once } from '../model/once';
import { System } from '../model/system';

/** What a definition does not take in a custom resource. */
export interface SchemaFault extends Fault {
  readonly manifest: Manifest;
  /** Whether another version of the definition may well take it. */
  readonly isOfVersion: boolean;
  /** Whether a rule of the mesh or of Cilium tells it, which knows what a wrong field or word leads to. */
  readonly isToldElsewhere: boolean;
}

/** Fields that earlier versions had or took in another form, and clusters still may. */
const REMOVED: Record<string, readonly string[]> = {
  'cilium.io': ['kafka', 'l7', 'l7proto', 'fromRequires', 'toRequires'],
};

/** Groups whose releases differ in what objects of one version must have. */
const UNSTABLE = ['operator.openshift.io'];

/** All faults of the custom resources whose definitions are known, with the version of the definition in the message. */
export const schemaFaults = once((system: System): SchemaFault[] => system.manifests.flatMap(manifest => {
  const whole = objectType(manifest.apiVersion, manifest.kind);
  return whole ? faultsInObject(system, manifest, whole) : faultsIn(system, manifest);
}));

/** What SOPS adds to an object that it encrypts, and takes away again before it is applied. */
const OF_SOPS = 'sops';

/** What is missing is told of whole objects only: people shorten what they show. */
function faultsInObject(system: System, manifest: Manifest, { type, version }: NonNullable<ReturnType<typeof objectType>>): SchemaFault[] {
  return faultsOf(type, manifest.value, []).filter(({ kind, path }) => path[0] !== OF_SOPS && (kind !== 'missing field' || isWhole(system, manifest)))
    .map(fault => ({ ...fault, manifest, message: `${fault.message} (${version})`, isOfVersion: fault.kind === 'unknown field' && fault.meant === undefined, isToldElsewhere: false }));
}

function faultsIn(system: System, manifest: Manifest): SchemaFault[] {
  const known = specType(manifest.apiVersion, manifest.kind);
  // what Istio defines has all its fields in the spec
  const spec = manifest.value.spec ?? (manifest.group.endsWith('istio.io') ? {} : undefined);
  if (!known || spec === undefined) return [];
  const isPatch = patchFiles(system).has(fileOf(manifest));
  return faultsOf(known.type, spec, ['spec'])
    .filter(({ kind, path }) => !((isPatch || UNSTABLE.includes(manifest.group)) && kind === 'missing field') && !wasField(manifest, path))
    .map(fault => ({
      ...fault,
      manifest,
      message: `${fault.message} (${known.version})`,
      isOfVersion: fault.kind === 'unknown field' && fault.meant === undefined,
      isToldElsewhere: isToldElsewhere(manifest, fault),
    }));
}

function isToldElsewhere({ group }: Manifest, { kind, path }: Fault): boolean {
  const isUnknown = kind === 'unknown field';
  if (group === 'security.istio.io') return isUnknown || ['action', 'mode'].includes(String(path[path.length - 1]));
  return isUnknown && group === 'telemetry.istio.io' || group === 'cilium.io' && path.includes('authentication');
}

function wasField({ group }: Manifest, path: Fault['path']): boolean {
  return path.some(step => REMOVED[group]?.includes(String(step)));
}
