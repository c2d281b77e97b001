import { Cluster } from '../../../cluster';
import { Platform, Stage } from '../../../delivery';
import { inServer } from '../server/command';
import { Spire } from '../spire';
import { ROOT_READER, UPSTREAM_AGENT, UPSTREAM_BUNDLE } from './nested-names';
import { SERVER_NAME } from '../server/paths';

/**
 * The key of a Secret that holds a kubeconfig.
 */
export const SECRET_KEY = 'config';

/**
 * The Secret with the kubeconfig for a nested cluster.
 */
export function kubeConfigSecret(cluster: Cluster): string {
  return `kubeconfig-${cluster.name.toLowerCase().replaceAll('_', '-')}`;
}

/**
 * Adds the commands that bring a nested server up: its cluster lets the root look first, then the root starts, then the nested server.
 */
export function addNestedSteps(root: Platform, rootSpire: Spire, nested: Platform, makesSecret: boolean): void {
  const [rootName, name] = [root.cluster.name, nested.cluster.name];
  const namespace = rootSpire.serverNamespace;
  if (makesSecret) {
    root.addStepBefore(Stage.SPIRE_SERVER, {
      purpose: `Give the root access to ${name}, where stage 10-namespaces and the file 20-spire-server/${ROOT_READER}.k8s.yaml are applied. Renew it before a year is over`,
      command: [
        `kubectl config view --context ${name} --minify --raw --flatten -o json \\`,
        `  | jq --arg token "$(kubectl --context ${name} -n ${namespace} create token ${ROOT_READER} --duration=8760h)" '.users[0].user = {token: $token}' \\`,
        `  | kubectl --context ${rootName} -n ${namespace} create secret generic ${kubeConfigSecret(nested.cluster)} --from-file=${SECRET_KEY}=/dev/stdin`,
      ].join('\n'),
      expected: `secret/${kubeConfigSecret(nested.cluster)} created`,
    });
  }
  nested.addStepBefore(Stage.SPIRE_SERVER, {
    purpose: `See that the root in ${rootName} is up (its stages up to 40-identities) and has published its bundle here`,
    command: `kubectl --context ${name} -n ${namespace} get configmap ${UPSTREAM_BUNDLE.name} -o jsonpath='{.data.${UPSTREAM_BUNDLE.key.replace('.', '\\.')}}' | head -1`,
    expected: '-----BEGIN CERTIFICATE-----',
  });
  nested.addStepAfter(Stage.SPIRE_SERVER, {
    purpose: 'See that the agent beside the server has an identity of the root',
    command: `kubectl --context ${name} -n ${namespace} logs ${SERVER_NAME}-0 -c ${UPSTREAM_AGENT} | grep -c 'Node attestation was successful'`,
    expected: '1',
  });
  nested.addStepAfter(Stage.SPIRE_SERVER, {
    purpose: 'See that the CA of this server is signed by the root: two clusters of one trust domain show the same root',
    command: inServer(`kubectl --context ${name} -n ${namespace}`, 'bundle show'),
    expected: `the certificate of ConfigMap ${UPSTREAM_BUNDLE.name}`,
  });
}
