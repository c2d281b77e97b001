import { Block, block, listOf, mapOf, strings } from '../../../formats/hcl/reader';
import { parseDuration } from '../values';
import { checkTenantId } from './azure';
import { More, PluginKind, Report, required } from './plugin-kind';
import { goRequestUriFault } from '../../../formats/go-url';

// ends of lines are nothing to Go
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const FORMATS = ['jwks', 'pem', 'spiffe'];

function checkFormat(config: Block, report: Report, where = ''): void {
  const format = config.text('format');
  if (!FORMATS.includes(format.toLowerCase())) report(`format "${format}"${where} is unknown`, 'format', `use one of ${FORMATS.join(', ')}`, config);
}

function checkRefreshHint(config: Block, report: Report, more: More): void {
  const text = config.text('refresh_hint');
  if (text === '') return;
  const seconds = parseDuration(text);
  if (seconds === undefined) report(`refresh_hint "${text}" is no duration`, 'refresh_hint', undefined, config);
  else if (seconds >= 86400 || seconds < 60) more.note(`refresh_hint ${text} is not between 1m and 24h`, 'refresh_hint', undefined, config);
}

export const BUNDLE_PUBLISHERS: Record<string, PluginKind> = {
  k8s_configmap: {
    shape: block({ clusters: mapOf(block(strings('format', 'namespace', 'configmap_name', 'configmap_key', 'kubeconfig_path', 'refresh_hint'))) }),
    check: (config, report, more) => {
      if (config.map('clusters').size === 0) more.note('no clusters are configured: the bundle is not published');
      for (const [id, cluster] of config.map('clusters')) {
        const missing = ['format', 'namespace', 'configmap_name', 'configmap_key'].filter(name => cluster.text(name) === '');
        missing.forEach(name => report(`cluster "${id}" has no ${name}`, 'clusters'));
        if (!missing.includes('format')) checkFormat(cluster, report, ` of cluster "${id}"`);
        checkRefreshHint(cluster, report, more);
      }
    },
  },
  aws_s3: {
    shape: block(strings('access_key_id', 'secret_access_key', 'region', 'bucket', 'object_key', 'format', 'endpoint', 'refresh_hint')),
    check: (config, report, more) => {
      required('region', 'bucket', 'object_key')(config, report, more);
      const endpoint = config.text('endpoint');
      const fault = endpoint === '' ? undefined : goRequestUriFault(endpoint);
      if (fault) report(`endpoint "${endpoint}" ${fault}`, 'endpoint');
      checkFormat(config, report);
      checkRefreshHint(config, report, more);
    },
  },
  gcp_cloudstorage: {
    shape: block(strings('bucket_name', 'object_name', 'format', 'service_account_file', 'refresh_hint')),
    check: (config, report, more) => {
      required('bucket_name', 'object_name')(config, report, more);
      checkFormat(config, report);
      checkRefreshHint(config, report, more);
    },
  },
  azure_blob: {
    shape: block(strings('storage_account_name', 'storage_account_key', 'service_endpoint', 'container_name', 'blob_name', 'format', 'tenant_id',
      'app_id', 'app_secret', 'refresh_hint')),
    check: (config, report, more) => {
      required('storage_account_name', 'container_name', 'blob_name')(config, report, more);
      checkFormat(config, report);
      checkRefreshHint(config, report, more);
      const credentials = ['tenant_id', 'app_id', 'app_secret'];
      const some = credentials.some(name => config.text(name) !== '');
      if (config.text('storage_account_key') === '') {
        if (some) required(...credentials)(config, report, more);
      } else if (some) {
        report('storage_account_key and client secret credentials exclude each other', 'storage_account_key');
      } else if (!BASE64.test(config.text('storage_account_key').replace(/[\r\n]/g, ''))) {
        report('storage_account_key is no base64', 'storage_account_key', 'take the key as Azure shows it');
      }
      checkTenantId(config.text('tenant_id'), report, 'tenant_id');
      const host = `${config.text('storage_account_name')}.${config.text('service_endpoint') || 'blob.core.windows.net'}`;
      const fault = goRequestUriFault(`https://${host}`);
      if (fault) report(`storage_account_name and service_endpoint make the address ${host}, which ${fault}`, 'storage_account_name');
    },
  },
  aws_rolesanywhere_trustanchor: {
    shape: block(strings('access_key_id', 'secret_access_key', 'region', 'trust_anchor_id')),
    check: required('region', 'trust_anchor_id'),
  },
};

const K8S_BUNDLE = strings('namespace', 'config_map', 'config_map_key', 'webhook_label', 'api_service_label', 'kube_config_file_path');

export const NOTIFIERS: Record<string, PluginKind> = {
  k8sbundle: {
    shape: block({ clusters: listOf(block(K8S_BUNDLE)), ...K8S_BUNDLE }),
    check: (config, report) => {
      if (config.blocks('clusters').some(cluster => cluster.text('kube_config_file_path') === '')) {
        report('a cluster has no kube_config_file_path', 'clusters', 'write clusters = [{ … }], plain blocks are split into one element per key');
      }
    },
  },
  gcs_bundle: { shape: block(strings('bucket', 'object_path', 'service_account_file')), check: required('bucket', 'object_path') },
};

export const CREDENTIAL_COMPOSERS: Record<string, PluginKind> = { uniqueid: {} };
