import { AccessLogOptions, accessLogProvider } from './access-log';
import { MESH_CONFIG_FIELDS, PROVIDER_KINDS, PROXY_CONFIG_FIELDS, requireKnown } from './mesh-config-fields';
import { TracingOptions, tracingProvider } from './tracing';
import { Cluster } from '../../cluster';

/**
 * What the configuration of a mesh is made of.
 */
export interface MeshConfigOptions {
  readonly cluster: Cluster;
  readonly accessLog: AccessLogOptions;
  readonly tracing?: TracingOptions;
  readonly additional?: { [key: string]: any };
}

// what the library states itself: a second value would contradict identities, injection or policies
const OWNED = ['trustDomain', 'rootNamespace', 'pathNormalization', 'accessLogFile', 'enableTracing', 'ca', 'meshMTLS'];

/**
 * The configuration of a mesh (meshConfig), the same for every way to install Istio.
 */
export function meshConfig(options: MeshConfigOptions): any {
  const { defaultConfig, extensionProviders, ...additional } = options.additional ?? {};
  requireFields({ ...options.additional });
  requireKnown('additionalMeshConfig.defaultConfig', { ...defaultConfig }, PROXY_CONFIG_FIELDS);
  const config = {
    ...additional,
    trustDomain: options.cluster.trustDomain.name,
    // without it, '//admin' passes a rule on '/admin'
    pathNormalization: { normalization: 'MERGE_SLASHES' },
    // what no Service and no ServiceEntry names is not reached
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    defaultConfig: { holdApplicationUntilProxyStarts: true, ...defaultConfig },
    extensionProviders: [
      accessLogProvider(options.accessLog),
      ...(options.tracing ? [tracingProvider(options.tracing)] : []),
      ...extensionProviders ?? [],
    ],
  };
  requireProviders(config.extensionProviders);
  requireTrustDomains(options.cluster, config);
  requireMeshProxy(config.defaultConfig);
  return config;
}

/**
 * The names that Telemetry and AuthorizationPolicy may use as providers.
 */
export function providerNames(config: any): string[] {
  return ['envoy', 'prometheus', 'stackdriver', ...config.extensionProviders.map((provider: any) => provider.name)];
}

function requireFields(additional: { [key: string]: any }): void {
  const owned = OWNED.find((key) => key in additional);
  if (owned !== undefined) {
    throw new Error(`additionalMeshConfig sets '${owned}', which the mesh states itself: remove it`);
  }
  requireKnown('additionalMeshConfig', additional, MESH_CONFIG_FIELDS);
}

function requireProviders(providers: any[]): void {
  const names = new Set<string>();
  for (const provider of providers) {
    if (!provider.name) {
      throw new Error('an extension provider has no name: give each a name, Telemetry and AuthorizationPolicy refer to it');
    }
    if (names.has(provider.name)) {
      throw new Error(`extension provider '${provider.name}' is defined twice: rename one`);
    }
    names.add(provider.name);
    const kinds = Object.keys(provider).filter((key) => key !== 'name');
    if (kinds.length !== 1) {
      throw new Error(`extension provider '${provider.name}' has ${kinds.length} kinds (${kinds.join(', ') || 'none'}): give exactly one, such as opentelemetry`);
    }
    requireKnown(`extension provider '${provider.name}'`, provider, ['name', ...PROVIDER_KINDS]);
  }
}

function requireTrustDomains(cluster: Cluster, config: any): void {
  for (const alias of config.trustDomainAliases ?? []) {
    if (alias.includes('://') || alias === cluster.trustDomain.name) {
      throw new Error(`trust domain alias '${alias}' is ${alias.includes('://') ? 'a URI' : 'the trust domain itself'}: give the name of another trust domain`);
    }
  }
}

function requireMeshProxy(defaultConfig: any): void {
  if (defaultConfig.proxyMetadata?.WORKLOAD_IDENTITY_SOCKET_FILE !== undefined) {
    throw new Error('additionalMeshConfig sets WORKLOAD_IDENTITY_SOCKET_FILE for every proxy: those without the socket would not start, '
      + 'remove it, enrolled workloads get it by themselves');
  }
}
