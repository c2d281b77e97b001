import { ApiObject, Chart } from 'cdk8s';
import { labels } from '../labels';

/**
 * The versions in which Linkerd 2.16 and later serve their policies.
 */
const VERSIONS = { Server: 'v1beta3', HTTPRoute: 'v1beta3', MeshTLSAuthentication: 'v1alpha1', AuthorizationPolicy: 'v1alpha1' };

/**
 * Defines a policy of Linkerd.
 */
export function defineLinkerdObject(chart: Chart, kind: keyof typeof VERSIONS, name: string, namespace: string, spec: any): ApiObject {
  return new ApiObject(chart, `linkerd-${kind}-${name}`.toLowerCase(), {
    apiVersion: `policy.linkerd.io/${VERSIONS[kind]}`, kind, metadata: { name, namespace, labels: labels(name, namespace) }, spec,
  });
}

/**
 * A reference to a policy of the same namespace.
 */
export function linkerdRef(kind: keyof typeof VERSIONS, name: string): any {
  return { group: 'policy.linkerd.io', kind, name };
}
