import { Plugin } from './plugin';
import { PluginProgram } from './plugin-program';
import { writeRawData } from './raw-data';
import { requireProps } from '../../../identity/require-props';
import { hostOf } from '../network/pod-network';

/**
 * A plugin that this library does not know: a program of its own, or one that a newer SPIRE has built in.
 */
export interface CustomPluginProps {
  /**
   * The name of the plugin, as SPIRE's configuration has it.
   */
  readonly name: string;

  /**
   * The program of the plugin.
   *
   * @default - the plugin is built into SPIRE
   */
  readonly program?: PluginProgram;

  /**
   * The addresses that the plugin calls, as `host:port`. The NetworkPolicy of its pod lets it call no others.
   *
   * @default - none
   */
  readonly calls?: string[];

  /**
   * The content of `plugin_data`, in the plugin's own words. It is marked in the file.
   *
   * @default - empty
   */
  readonly data?: { readonly [key: string]: any };
}

/**
 * The built-in plugins of SPIRE 1.15 by type: each has a factory, or a reason why not.
 */
const BUILT_IN: { readonly [type: string]: readonly string[] } = {
  KeyManager: ['aws_kms', 'azure_key_vault', 'disk', 'gcp_kms', 'hashicorp_vault', 'memory'],
  NodeAttestor: ['aws_iid', 'azure_imds', 'azure_msi', 'gcp_iit', 'http_challenge', 'join_token', 'k8s_psat', 'sshpop', 'tpm_devid', 'x509pop'],
  UpstreamAuthority: ['aws_pca', 'awssecret', 'cert-manager', 'disk', 'ejbca', 'gcp_cas', 'spire', 'vault'],
  BundlePublisher: ['aws_rolesanywhere_trustanchor', 'aws_s3', 'azure_blob', 'gcp_cloudstorage', 'k8s_configmap'],
  CredentialComposer: ['uniqueid'],
  WorkloadAttestor: ['docker', 'k8s', 'slurm', 'systemd', 'unix', 'windows'],
  SVIDStore: ['aws_secretsmanager', 'gcp_secretmanager'],
};

const REFUSED: { readonly [name: string]: string } = {
  k8sbundle: 'it is a Notifier, a type that SPIRE gives up after 1.15: use BundlePublisher.k8sConfigMap(...)',
  gcs_bundle: 'it is a Notifier, a type that SPIRE gives up after 1.15: use BundlePublisher.gcpCloudStorage(...)',
  k8s_sat: 'it is gone from SPIRE: use NodeAttestor.k8sPsat(...)',
  windows: 'it works on Windows nodes only, on which this library does not run agents',
};

/**
 * A plugin by name, with raw configuration.
 *
 * Throws when the plugin is built in and has typed properties, when it is deprecated, or when its name or an address is none.
 */
export function customPlugin(type: string, props: CustomPluginProps): Plugin {
  requireProps(`custom ${type}`, props, { name: 'text' });
  const { name, program } = props;
  if (REFUSED[name] !== undefined) {
    throw new Error(`${type} '${name}' is not possible: ${REFUSED[name]}`);
  }
  if (BUILT_IN[type].includes(name)) {
    throw new Error(`${type} '${name}' is built into SPIRE: use its own factory, with additionalData for keys that it does not have`);
  }
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
    throw new Error(`${type} '${name}' is no plugin name: use letters, digits, '_' and '-', a letter first`);
  }
  const calls = (props.calls ?? []).map(hostOf);
  return {
    type,
    name,
    program,
    configure: (data, pod) => {
      calls.forEach(({ host, port }) => pod.network.call(`${type} ${name}`, host, port));
      writeRawData(data, props.data);
    },
  };
}
