import { rootOf, typed, under } from '../../../model/envoy';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySecretSource: Rule = {
  id: 'ENVOY-SECRET-SOURCE',
  level: Level.ERROR,
  title: 'Envoy is not told where a secret comes from',
  why: 'without sds_config the secret has to be in the same file, and a source over gRPC has to name its type and a cluster: Envoy does not start, or waits for the secret for ever',
  fix: 'write sds_config: {resource_api_version: V3, api_config_source: {api_type: GRPC, transport_api_version: V3, grpc_services: [{envoy_grpc: {cluster_name: spire_agent}}]}}',
  source: 'observed: Envoy 1.40; envoy source/common/config/utility.cc; source/common/secret/secret_manager_impl.cc',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const own = new Set(asObjects(asObject(asObject(envoy.value).static_resources).secrets).map(({ name }) => asText(name)));
      for (const context of ['DownstreamTlsContext', 'UpstreamTlsContext'].flatMap(type => typed(rootOf(envoy), type))) {
        for (const [path, secret] of secretsOf(context.value)) {
          const reason = problemOf(secret, own) ?? withoutAds(envoy, secret);
          if (reason && isWhole(envoy)) report.at(envoy, [...context.path, 'common_tls_context', ...path], `secret "${asText(secret.name)}" ${reason}`);
        }
      }
    }
  },
};

function secretsOf({ common_tls_context: common }: Json): [Path, Json][] {
  const { tls_certificate_sds_secret_configs: certificates, validation_context_sds_secret_config: own } = asObject(common);
  const { combined_validation_context: both } = asObject(common);
  const bundles: [Path, Json][] = [[['validation_context_sds_secret_config'], own],
    [['combined_validation_context', 'validation_context_sds_secret_config'], asObject(both).validation_context_sds_secret_config]];
  return [...asObjects(certificates).map((one, i): [Path, Json] => [['tls_certificate_sds_secret_configs', i], one]), ...bundles.filter(([, one]) => one)];
}

/** Whether the file is a bootstrap, and not a piece of one. */
function isWhole(envoy: Manifest): boolean {
  return asObject(envoy.value).static_resources !== undefined && under(envoy, 'config_sources').length === 0;
}

/** Secrets of the aggregated stream come over that of dynamic_resources. */
function withoutAds(envoy: Manifest, { sds_config: config }: Json): string | undefined {
  const has = asObject(asObject(envoy.value).dynamic_resources).ads_config !== undefined;
  return asObject(config).ads !== undefined && !has ? 'comes by ads, and dynamic_resources has no ads_config: it never comes' : undefined;
}

function problemOf({ name, sds_config: config }: Json, own: ReadonlySet<string>): string | undefined {
  if (!config) return own.has(asText(name)) ? undefined : 'has no sds_config, and is not among static_resources.secrets';
  const { api_config_source: source } = asObject(config);
  if (!source) return undefined;
  const { api_type: type, grpc_services: services, cluster_names: clusters } = asObject(source);
  if (!type) return 'has an api_config_source without api_type';
  // one service may stand without a list around it
  const isNamed = [services, clusters].some(list => list && Object.keys(list).length > 0);
  return /GRPC/.test(asText(type)) && !isNamed ? 'has an api_config_source without grpc_services' : undefined;
}
