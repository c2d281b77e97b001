import { checkCgroupMatchers } from './cgroup-matchers';
import { checkK8s, K8S, warnOfLocator } from './k8s-attestor';
import { PluginKind, Report, required } from './plugin-kind';
import { goUrlFault } from '../../../formats/go-url';
import { BOOL, INT, STRING, STRINGS, Shape, block, mapOf, strings } from '../../../formats/hcl/reader';

export const SIGSTORE: Shape = block({
  allowed_identities: mapOf(STRINGS),
  skipped_images: STRINGS,
  rekor_url: STRING,
  ignore_sct: BOOL,
  ignore_tlog: BOOL,
  ignore_attestations: BOOL,
  registry_credentials: mapOf(block(strings('username', 'password'))),
});

export const AGENT_KEY_MANAGERS: Record<string, PluginKind> = {
  memory: {},
  disk: { shape: block(strings('directory')), check: required('directory') },
};

export const AGENT_NODE_ATTESTORS: Record<string, PluginKind> = {
  join_token: {},
  k8s_psat: { shape: block(strings('cluster', 'token_path')), check: required('cluster') },
  aws_iid: { shape: block(strings('ec2_metadata_endpoint')) },
  azure_imds: { shape: block(strings('tenant_domain')), check: required('tenant_domain') },
  azure_msi: { shape: block(strings('resource_id')) },
  gcp_iit: { shape: block(strings('identity_token_host', 'service_account')) },
  http_challenge: { shape: block({ ...strings('hostname', 'agentname'), port: INT, advertised_port: INT }) },
  sshpop: { shape: block(strings('host_key_path', 'host_cert_path')) },
  tpm_devid: {
    shape: block({
      ...strings('devid_priv_path', 'devid_pub_path', 'devid_cert_path', 'devid_password', 'owner_hierarchy_password',
        'endorsement_hierarchy_password', 'tpm_device_path'),
      Autodetect: BOOL,
    }),
    check: required('devid_cert_path', 'devid_priv_path', 'devid_pub_path'),
  },
  x509pop: {
    shape: block(strings('private_key_path', 'certificate_path', 'intermediates_path', 'spiffe_endpoint_socket')),
    check: (config, report, more) => {
      if (config.text('spiffe_endpoint_socket') === '') required('private_key_path', 'certificate_path')(config, report, more);
    },
  },
};

const DOCKER = block({
  ...strings('docker_socket_path', 'docker_version', 'podman_socket_path', 'podman_socket_path_template'),
  container_id_cgroup_matchers: STRINGS,
  use_new_container_locator: BOOL,
  verbose_container_locator_logs: BOOL,
  sigstore: SIGSTORE,
});

function checkPodmanTemplate(template: string, report: Report): void {
  if (template === '') return;
  const placeholders = template.replace(/%%/g, '').match(/%./g) ?? [];
  if (placeholders.length !== 1 || placeholders[0] !== '%d' || /%$/.test(template.replace(/%%/g, ''))) {
    report('podman_socket_path_template needs exactly one %d', 'podman_socket_path_template');
  }
}

function checkDockerHost(host: string, report: Report): void {
  if (host === '') return;
  const [, scheme, address] = /^([^]*?):\/\/([^]+)$/.exec(host) ?? [];
  const fault = scheme === undefined ? 'has no scheme, or nothing behind it' : scheme === 'npipe' ? 'works on Windows only'
    : scheme === 'tcp' ? goUrlFault(`tcp://${address}`) : undefined;
  if (fault) report(`docker_socket_path "${host}" ${fault}`, 'docker_socket_path', 'write unix:///path/to/docker.sock');
}

export const WORKLOAD_ATTESTORS: Record<string, PluginKind> = {
  k8s: { shape: block({ ...K8S, sigstore: SIGSTORE }), check: checkK8s, strict: true },
  docker: {
    shape: DOCKER,
    strict: true,
    check: (config, report, { problems }) => {
      const matchers = config.texts('container_id_cgroup_matchers').length > 0;
      if (matchers && config.bool('use_new_container_locator') !== false) {
        report('container_id_cgroup_matchers cannot be used with the new container locator', 'container_id_cgroup_matchers',
          'remove it, or set use_new_container_locator = false');
      }
      if (matchers && config.bool('use_new_container_locator') === false) warnOfLocator('docker', 'container_id_cgroup_matchers', config, problems);
      if (matchers) checkCgroupMatchers(config.texts('container_id_cgroup_matchers'), report);
      checkDockerHost(config.text('docker_socket_path'), report);
      const version = config.text('docker_version').trim();
      if (version !== '' && !/^v?([+-]?\d+\.[+-]?\d+)?$/.test(version)) report(`docker_version "${version}" is no version of Docker's API`, 'docker_version', 'write two numbers: 1.41');
      checkPodmanTemplate(config.text('podman_socket_path_template'), report);
    },
  },
  unix: { shape: block({ discover_workload_path: BOOL, workload_size_limit: INT }) },
  systemd: {},
  slurm: {},
  windows: {
    shape: block({ discover_workload_path: BOOL, workload_size_limit: INT, disable_group_name_selectors: BOOL }),
    check: (_config, report) => report('the plugin works on Windows only'),
  },
};

export const SVID_STORES: Record<string, PluginKind> = {
  aws_secretsmanager: { shape: block(strings('access_key_id', 'secret_access_key', 'region')), check: required('region') },
  gcp_secretmanager: { shape: block(strings('service_account_file')), strict: true },
};
