import { ApiObject } from 'cdk8s';

/**
 * How large an object may be: `kubectl apply` and Argo CD keep a copy of it in its annotations, for which Kubernetes has 256 KiB. etcd takes 1.5 MiB.
 */
const OBJECT_LIMIT = 256 * 1024;

/**
 * Objects that a cluster would not take. ConfigMaps have a limit of their own.
 */
export function sizeErrors(objects: ApiObject[]): string[] {
  return objects.filter((object) => object.kind !== 'ConfigMap').flatMap((object) => {
    const size = Buffer.byteLength(JSON.stringify(object.toJson()));
    return size > OBJECT_LIMIT ? [`${object.kind} '${object.name}' in namespace '${object.metadata.namespace}' would have ${size} bytes, of ${OBJECT_LIMIT} that `
      + 'fit into the copy that kubectl apply and Argo CD keep: name callers by their namespace (AccessSource.namespace), or split what is called'] : [];
  });
}
