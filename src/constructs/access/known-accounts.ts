import { ApiObject } from 'cdk8s';
import { objectsOf } from './objects-of';
import { Platform } from '../../delivery';
import { SpiffeId } from '../../identity';
import { MeshWorkload } from '../istio/mesh-workload';
import { TEMPLATE_PATHS } from '../istio/pod-template';

/**
 * Whether an identity is that of a service account which is missing in a namespace that the app defines. Its pods may be enrolled or not.
 */
export function isMissingAccount(platform: Platform, workloads: MeshWorkload[], spiffeId: SpiffeId): boolean {
  const [, namespace, account] = /^\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(spiffeId.path) ?? [];
  if (namespace === undefined || account === 'default' || workloads.some(({ identity }) => identity.spiffeId.sameAs(spiffeId))) {
    return false;
  }
  const objects = objectsOf(platform);
  if (objects.some((object) => object.kind === 'ClusterStaticEntry' && object.toJson().spec?.spiffeID === spiffeId.uri)) {
    return false;
  }
  const inside = objects.filter((object) => object.metadata.namespace === namespace);
  return objects.some((object) => object.kind === 'Namespace' && object.name === namespace)
    && !inside.some((object) => (object.kind === 'ServiceAccount' && object.name === account) || accountOf(object) === account);
}

function accountOf(object: ApiObject): string | undefined {
  const path = TEMPLATE_PATHS[object.kind];
  return path && path.reduce((value, key) => value?.[key], object.toJson())?.spec?.serviceAccountName;
}
