import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshWorkload } from './mesh-workload';
import { Platform, Stage } from '../../delivery';

const IMPORTED = new WeakMap<Platform, Set<string>>();
const USED = new WeakMap<Platform, Map<string, string>>();

/**
 * Says that a namespace is defined elsewhere.
 */
export function importNamespace(scope: Construct, name: string): void {
  const platform = Platform.of(scope);
  IMPORTED.set(platform, (IMPORTED.get(platform) ?? new Set()).add(name));
}

/**
 * Says that an object is in a namespace; the first one tells it, when the namespace is defined nowhere.
 */
export function useNamespace(platform: Platform, name: string, object: string): void {
  const used = USED.get(platform) ?? new Map<string, string>();
  USED.set(platform, used);
  if (!used.has(name)) {
    used.set(name, object);
  }
}

/**
 * Refuses a workload in a namespace that is defined already and whose pods get no proxy.
 */
export function requireInjection(platform: Platform, shown: string, name: string): void {
  const namespace = platform.node.tryFindChild(Stage.NAMESPACES.folder)?.node.tryFindChild('namespaces')?.node.tryFindChild(name);
  if (namespace && ApiObject.isApiObject(namespace) && !hasInjection(namespace)) {
    throw new Error(withoutInjection(name, shown));
  }
}

/**
 * Namespaces that nothing defines, and those of enrolled workloads whose pods get no proxy. Some may be defined after what is in them.
 */
export function namespaceErrors(platform: Platform, objects: ApiObject[], workloads: MeshWorkload[]): string[] {
  const defined = new Map(objects.filter((object) => object.kind === 'Namespace').map((object) => [object.name, object]));
  const used = new Map([...USED.get(platform) ?? [], ...workloads.map(({ namespace, name }): [string, string] => [namespace, `workload '${name}'`])]);
  const unknown = [...used].filter(([name]) => !defined.has(name) && !IMPORTED.get(platform)?.has(name));
  return [
    ...unknown.map(([name, object]) => `${object} is in namespace '${name}', which nothing in cluster '${platform.cluster.name}' defines: `
      + 'define it as a MeshNamespace, import it with MeshNamespace.fromName, or correct the name'),
    ...workloads.filter(({ namespace }) => defined.has(namespace) && !hasInjection(defined.get(namespace)!))
      .map((workload) => withoutInjection(workload.namespace, `enrolled workload '${workload.name}'`)),
  ];
}

/**
 * Whether the pods of a namespace get a proxy of the mesh.
 */
export function hasInjection(namespace: ApiObject): boolean {
  const labels = namespace.toJson().metadata.labels ?? {};
  return labels['istio-injection'] === 'enabled' || labels['istio.io/rev'] !== undefined;
}

function withoutInjection(namespace: string, shown: string): string {
  return `namespace '${namespace}' of ${shown} has no injection: define it as a MeshNamespace, or give it the label 'istio-injection: enabled'`;
}
