import { ROOT_READER, UPSTREAM_BUNDLE } from './nested-names';
import { Platform, Stage } from '../../../delivery';
import { defineServiceAccount, grantInCluster, grantInNamespace } from '../../rbac';

/**
 * Defines the account under which the root server looks at a nested cluster: whose token an agent shows, and where the root's bundle goes.
 */
export function defineRootAccess(platform: Platform, namespace: string): void {
  const chart = platform.chart(Stage.SPIRE_SERVER, ROOT_READER);
  defineServiceAccount(chart, ROOT_READER, namespace);
  const grantee = { name: ROOT_READER, serviceAccount: ROOT_READER, serviceAccountNamespace: namespace };
  grantInCluster(chart, {
    ...grantee,
    rules: [
      { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
      { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get'] },
    ],
  });
  grantInNamespace(chart, namespace, {
    ...grantee,
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: [UPSTREAM_BUNDLE.name], verbs: ['create', 'patch'] }],
  });
}
