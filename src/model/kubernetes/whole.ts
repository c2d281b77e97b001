import { fileOf, patchFiles } from '../kustomize';
import { Manifest } from '../manifest';
import { once } from '../once';
import { System } from '../system';

const ON_DESK = /^(install\.istio\.io|backstage\.io|skaffold|eksctl\.io|tanka\.dev|kuttl\.dev|kpt\.dev|meta\.pkg\.crossplane\.io)$/;
const NAMED_PATCH = /patch|overlay/i;

/** Whether an object goes to the API server, or to kustomize: an IstioOperator is a file for a program on a desk, and some others are. */
export function isOfCluster({ group, kind, apiVersion, annotations }: Manifest): boolean {
  return kind !== '' && apiVersion !== '' && !ON_DESK.test(group) && annotations['config.kubernetes.io/local-config'] !== 'true';
}

/** Whether an object is merged into another one, and so need not be right by itself. */
export function isPatch(system: System, manifest: Manifest): boolean {
  return manifest.value?.$patch !== undefined || patchFiles(system).has(fileOf(manifest));
}

/** Whether all of an object is there: people merge it into another one by other names than kustomize's, and show pieces of pods. */
export function isWhole(system: System, manifest: Manifest): boolean {
  return !isPatch(system, manifest) && !NAMED_PATCH.test(manifest.file) && !pieces(system).has(manifest)
    && !repeated(system).has(keyOf(manifest));
}

/** Objects that are there more than once: one of them may be for the other. */
const repeated = once((system: System): ReadonlySet<string> => {
  const [seen, found] = [new Set<string>(), new Set<string>()];
  for (const key of system.manifests.map(keyOf)) (seen.has(key) ? found : seen).add(key);
  return found;
});

function keyOf({ kind, namespace, name }: Manifest): string {
  return `${kind}/${namespace}/${name}`;
}

/** Objects whose containers are not there, or have no image. */
const pieces = once((system: System): ReadonlySet<Manifest> =>
  new Set(system.workloads.filter(({ containers }) => containers.length === 0 || containers.some(({ image }) => image === '')).map(({ manifest }) => manifest)));
