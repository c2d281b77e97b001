import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { grantInCluster, grantInNamespace, PolicyRule } from '../../rbac';
import { CloudIdentity } from '../cloud-identity';
import { PluginPod } from './plugin-pod';

/**
 * Who gets the rights that plugins need.
 */
export interface PluginGrantee {
  readonly name: string;
  readonly serviceAccount: string;
  readonly serviceAccountNamespace: string;
}

/**
 * Grants what the plugins asked the pod for, each rule once.
 */
export function grantPluginRights(chart: Construct, grantee: PluginGrantee, pod: PluginPod): void {
  if (pod.clusterRules.length > 0) {
    grantInCluster(chart, { ...grantee, rules: distinct(pod.clusterRules) });
  }
  for (const { namespace, rules } of pod.namespaceRules) {
    grantInNamespace(chart, namespace, { ...grantee, name: `${grantee.name}-plugins`, rules: distinct(rules) });
  }
}

/**
 * Ties a service account to an identity in a cloud.
 */
export function annotate(serviceAccount: ApiObject, identity: CloudIdentity | undefined): void {
  for (const [key, value] of Object.entries(identity?._serviceAccountAnnotations() ?? {})) {
    serviceAccount.metadata.addAnnotation(key, value);
  }
}

function distinct(rules: PolicyRule[]): PolicyRule[] {
  const texts = rules.map((rule) => JSON.stringify(rule));
  return rules.filter((_, index) => texts.indexOf(texts[index]) === index);
}
