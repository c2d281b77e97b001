import { createHash } from 'node:crypto';
import { ApiObject, JsonPatch } from 'cdk8s';
import { Platform, Stage } from '../../../delivery';
import { HclBody, HclWriter } from '../../../formats/hcl';
import { labels } from '../../labels';
import { RESTRICTED_CONTAINER } from '../../pod-security';
import { Spire } from '../spire';
import { UPSTREAM_AGENT, UPSTREAM_BUNDLE, UPSTREAM_SOCKET } from './nested-names';
import { AGENT_CONFIG_FILE, AGENT_TOKEN_AUDIENCE, AGENT_TOKEN_SECONDS } from '../agent/paths';

const CONFIG_DIR = '/run/spire/upstream-agent/config';
const DATA_DIR = '/run/spire/upstream-agent/data';
const BUNDLE_DIR = '/run/spire/upstream-agent/bundle';
const TOKEN_DIR = '/run/spire/upstream-agent/token';
const SOCKET_DIR = UPSTREAM_SOCKET.slice(0, UPSTREAM_SOCKET.lastIndexOf('/'));
const HEALTH_PORT = 8087;

/**
 * Puts an agent of the root server into the pod of a nested server, which gets from it the identity that may sign.
 */
export function addUpstreamAgent(platform: Platform, spire: Spire, root: { readonly host: string; readonly port: number }): ApiObject {
  const config = agentConfig(platform, root);
  const configMap = new ApiObject(platform.chart(Stage.SPIRE_SERVER, UPSTREAM_AGENT), 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: UPSTREAM_AGENT,
      namespace: spire.serverNamespace,
      labels: labels(UPSTREAM_AGENT, 'spire'),
    },
    data: { [AGENT_CONFIG_FILE]: config },
  });
  const pod = '/spec/template/spec';
  const { statefulSet } = spire.server;
  const image = spire.agent.daemonSet.toJson().spec.template.spec.containers[0].image;
  statefulSet.addJsonPatch(
    // the agent knows the server by its process
    JsonPatch.add(`${pod}/shareProcessNamespace`, true),
    JsonPatch.add(`${pod}/containers/-`, container(image)),
    JsonPatch.add(`${pod}/containers/0/volumeMounts/-`, { name: 'upstream-socket', mountPath: SOCKET_DIR, readOnly: true }),
    JsonPatch.add('/spec/template/metadata/annotations/cdk8s-spiffe.dev~1upstream-config-hash', createHash('sha256').update(config).digest('hex').slice(0, 16)),
    ...volumes(configMap.name).map((volume) => JsonPatch.add(`${pod}/volumes/-`, volume)),
  );
  return configMap;
}

function agentConfig({ cluster }: Platform, root: { readonly host: string; readonly port: number }): string {
  const file = new HclBody();
  file.block('agent').attributes({
    trust_domain: cluster.trustDomain.name,
    server_address: root.host,
    server_port: root.port,
    socket_path: UPSTREAM_SOCKET,
    data_dir: DATA_DIR,
    trust_bundle_path: `${BUNDLE_DIR}/${UPSTREAM_BUNDLE.key}`,
    trust_bundle_format: 'pem',
    log_level: 'INFO',
    log_format: 'json',
  });
  const plugins = file.block('plugins');
  plugins.block('NodeAttestor', 'k8s_psat').block('plugin_data').attributes({ cluster: cluster.name, token_path: `${TOKEN_DIR}/token` });
  plugins.block('KeyManager', 'memory').block('plugin_data');
  plugins.block('WorkloadAttestor', 'unix').block('plugin_data');
  file.block('health_checks').attributes({
    listener_enabled: true, bind_address: '0.0.0.0', bind_port: String(HEALTH_PORT), live_path: '/live', ready_path: '/ready',
  });
  return new HclWriter().write(file);
}

function container(image: string): object {
  return {
    name: UPSTREAM_AGENT,
    image,
    args: ['-config', `${CONFIG_DIR}/${AGENT_CONFIG_FILE}`],
    ports: [{ name: 'agent-health', containerPort: HEALTH_PORT, protocol: 'TCP' }],
    livenessProbe: { httpGet: { path: '/live', port: 'agent-health' }, initialDelaySeconds: 15, periodSeconds: 60, timeoutSeconds: 3 },
    readinessProbe: { httpGet: { path: '/ready', port: 'agent-health' }, initialDelaySeconds: 10, periodSeconds: 10 },
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'upstream-config', mountPath: CONFIG_DIR, readOnly: true },
      { name: 'upstream-data', mountPath: DATA_DIR },
      { name: 'upstream-socket', mountPath: SOCKET_DIR },
      { name: 'upstream-bundle', mountPath: BUNDLE_DIR, readOnly: true },
      { name: 'upstream-token', mountPath: TOKEN_DIR, readOnly: true },
    ],
  };
}

function volumes(configMap: string): object[] {
  return [
    { name: 'upstream-config', configMap: { name: configMap } },
    { name: 'upstream-data', emptyDir: {} },
    { name: 'upstream-socket', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    // published by the root: until then the pod waits
    { name: 'upstream-bundle', configMap: { name: UPSTREAM_BUNDLE.name } },
    {
      name: 'upstream-token',
      projected: { sources: [{ serviceAccountToken: { audience: AGENT_TOKEN_AUDIENCE, expirationSeconds: AGENT_TOKEN_SECONDS, path: 'token' } }] },
    },
  ];
}
