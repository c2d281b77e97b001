import { CloudIdentity, SpireVersion } from '../../../../src';
import { namesVariables } from '../../../../src/constructs/spire/expand-env';
import { PodNetwork } from '../../../../src/constructs/spire/network/pod-network';
import { Plugin } from '../../../../src/constructs/spire/plugins/plugin';
import { PluginPod } from '../../../../src/constructs/spire/plugins/plugin-pod';
import { HclBody, HclWriter } from '../../../../src/formats/hcl';
import { CLUSTER } from '../../../support/synth';

export const serverPod = (version = SpireVersion.V1_15, cloudIdentity?: CloudIdentity) => new PluginPod({
  owner: 'server', version, configDir: '/run/spire/server/config', filesDir: '/run/spire/server/files', network: new PodNetwork(CLUSTER, {}), cloudIdentity,
});

export const agentPod = (version = SpireVersion.V1_15) => new PluginPod({
  owner: 'agent', version, configDir: '/run/spire/agent/config', filesDir: '/run/spire/agent/files', network: new PodNetwork(CLUSTER, {}),
});

export const OWN_CLUSTER = { name: 'prod', agentNamespace: 'spire-system', agentServiceAccount: 'spire-agent' };

/**
 * The inside of plugin_data as lines, and what the plugin asked the pod for.
 */
export function configured(plugin: Plugin, pod: PluginPod = serverPod()): { lines: string[]; pod: PluginPod } {
  const data = new HclBody();
  plugin.configure(data, pod);
  const text = new HclWriter({ expandEnv: namesVariables(data) }).write(data);
  return { lines: text.trimEnd().split('\n').map((line) => line.trim()), pod };
}
