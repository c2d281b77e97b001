import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labels } from './labels';

/**
 * A rule of a Role or ClusterRole, in Kubernetes' own words.
 */
export interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

/**
 * Who gets which rights where.
 */
export interface GrantOptions {
  readonly name: string;
  readonly serviceAccount: string;
  readonly serviceAccountNamespace: string;
  readonly rules: PolicyRule[];
}

/**
 * Grants rights in the whole cluster to a service account.
 */
export function grantInCluster(scope: Construct, options: GrantOptions): void {
  grant(scope, 'ClusterRole', options);
}

/**
 * Grants rights in one namespace to a service account.
 */
export function grantInNamespace(scope: Construct, namespace: string, options: GrantOptions): void {
  grant(scope, 'Role', options, namespace);
}

function grant(scope: Construct, kind: 'Role' | 'ClusterRole', options: GrantOptions, namespace?: string): void {
  const metadata = { name: options.name, ...(namespace ? { namespace } : {}), labels: labels(options.name, options.serviceAccountNamespace) };
  const id = `${kind === 'Role' ? 'role' : 'cluster-role'}-${options.name}`;
  new ApiObject(scope, id, { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata, rules: options.rules });
  new ApiObject(scope, `${id}-binding`, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: options.name },
    subjects: [{ kind: 'ServiceAccount', name: options.serviceAccount, namespace: options.serviceAccountNamespace }],
  });
}

/**
 * Defines a service account. Its token is mounted by the pods that say so.
 *
 * @param owner what the account belongs to, where its namespace does not say so
 */
export function defineServiceAccount(scope: Construct, name: string, namespace: string, owner = namespace): ApiObject {
  return new ApiObject(scope, 'service-account', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels: labels(name, owner) },
    automountServiceAccountToken: false,
  });
}
