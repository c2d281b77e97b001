import { PluginKind, checkRegion, isNowhere, required } from './plugin-kind';
import { VAULT, checkVaultAuth } from './vault';
import { BOOL, block, strings } from '../../../formats/hcl/reader';

export const UPSTREAM_AUTHORITIES: Record<string, PluginKind> = {
  'disk': { shape: block(strings('cert_file_path', 'key_file_path', 'bundle_file_path')), check: required('cert_file_path', 'key_file_path') },
  'vault': { shape: block({ ...VAULT, ...strings('pki_mount_point') }), check: checkVaultAuth },
  'cert-manager': {
    shape: block(strings('issuer_name', 'issuer_kind', 'issuer_group', 'namespace', 'kube_config_file')),
    check: (config, report, more) => {
      required('namespace', 'issuer_name')(config, report, more);
      required('issuer_kind', 'issuer_group')(config, more.note, more);
    },
  },
  'aws_pca': {
    shape: block(strings('region', 'endpoint', 'certificate_authority_arn', 'signing_algorithm', 'ca_signing_template_arn', 'assume_role_arn',
      'supplemental_bundle_path')),
    check: (config, report, more) => {
      required('region', 'certificate_authority_arn')(config, report, more);
      checkRegion(config, report);
    },
  },
  'awssecret': {
    shape: block(strings('region', 'cert_file_arn', 'key_file_arn', 'bundle_file_arn', 'access_key_id', 'secret_access_key', 'secret_token',
      'assume_role_arn')),
    check: (config, report, more) => {
      required('cert_file_arn', 'key_file_arn')(config, report, more);
      checkRegion(config, report);
    },
  },
  'gcp_cas': {
    shape: block({ root_cert_spec: block(strings('project_name', 'region_name', 'ca_pool', 'label_key', 'label_value')) }),
    check: (config, report, more) => {
      const spec = config.block('root_cert_spec');
      for (const name of ['project_name', 'region_name', 'label_key', 'label_value']) {
        if (!spec || spec.text(name) === '') report(`root_cert_spec.${name} is required`, 'root_cert_spec');
      }
      if (spec && spec.text('ca_pool') === '') more.note('root_cert_spec.ca_pool is not set', 'root_cert_spec');
    },
  },
  'spire': {
    shape: block({
      ...strings('server_address', 'server_port', 'workload_api_socket'),
      experimental: block({ ...strings('workload_api_named_pipe_name'), require_pq_kem: BOOL }),
    }),
    check: (config, report, more) => {
      const pipe = config.block('experimental')?.text('workload_api_named_pipe_name');
      required('server_address', 'server_port', ...pipe ? [] : ['workload_api_socket'])(config, report, more);
      if (pipe) report('workload_api_named_pipe_name works on Windows only', 'experimental');
    },
  },
  'ejbca': {
    shape: block(strings('hostname', 'ca_cert_path', 'client_cert_path', 'client_cert_key_path', 'ca_name', 'end_entity_profile_name',
      'certificate_profile_name', 'end_entity_name', 'account_binding_id')),
    check: (config, report, more) => {
      required('hostname', 'ca_name', 'end_entity_profile_name', 'certificate_profile_name')(config, report, more);
      for (const [key, variable] of [['client_cert_path', 'EJBCA_CLIENT_CERT_PATH'], ['client_cert_key_path', 'EJBCA_CLIENT_CERT_KEY_PATH']]) {
        if (isNowhere(config, key, variable, more)) report(`there is no ${key}, and the container has no ${variable}`);
      }
    },
  },
};
