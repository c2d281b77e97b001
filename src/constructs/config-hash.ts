import { createHash } from 'node:crypto';
import { ApiObject, JsonPatch, Lazy } from 'cdk8s';

/**
 * Annotations for a pod template that change with the data of a ConfigMap, so that a change of configuration rolls the pods.
 *
 * They are computed when the manifests are written, after the user's patches.
 */
export function configHash(...configMaps: ApiObject[]): { [key: string]: string } {
  return {
    'cdk8s-spiffe.dev/config-hash': Lazy.any({
      produce: () => hashOf(configMaps),
    }) as unknown as string,
  };
}

/**
 * The same for a pod template that is not ours: patches cannot be lazy, but become JSON late.
 *
 * @param path the JSON pointer of the pod template, which has annotations already
 */
export function configHashPatch(path: string, configMaps: () => ApiObject[]): JsonPatch {
  return JsonPatch.add(`${path}/metadata/annotations/cdk8s-spiffe.dev~1config-hash`, { toJSON: () => hashOf(configMaps()) });
}

function hashOf(configMaps: ApiObject[]): string {
  const data = configMaps.map((configMap) => configMap.toJson().data);
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
}
