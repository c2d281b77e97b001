/**
 * The server.conf that is written for a cluster, with addresses and paths of this machine and without the plugins that need Kubernetes.
 */
export function onThisMachine(serverConf: string, folder: string, ports: { readonly [name: string]: number }): string {
  const changed = serverConf
    .replaceAll('"0.0.0.0"', '"127.0.0.1"')
    .replace('bind_port = 8081', `bind_port = ${ports.api}`)
    .replace('port = 8443', `port = ${ports.bundle}`)
    .replace('"8080"', `"${ports.health}"`)
    .replace('port = 9988', `port = ${ports.metrics}`)
    .replaceAll('/run/spire/server/private', folder)
    .replaceAll('/run/spire/server/data', `${folder}/data`);
  return changed.replace(/ {2}NodeAttestor "k8s_psat" \{[\s\S]*?\n {2}\}\n/, '').replace(/ {2}BundlePublisher "k8s_configmap" \{[\s\S]*?\n {2}\}\n/, '');
}
