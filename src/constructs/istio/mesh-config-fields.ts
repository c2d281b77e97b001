/**
 * The fields of Istio's MeshConfig. istioctl and istiod take unknown ones in silence.
 */
export const MESH_CONFIG_FIELDS = [
  'accessLogEncoding', 'accessLogFile', 'accessLogFormat', 'ca', 'caCertificates', 'certificates', 'configSources', 'connectTimeout',
  'defaultConfig', 'defaultDestinationRuleExportTo', 'defaultHttpRetryPolicy', 'defaultInboundHttpRetryPolicy', 'defaultProviders',
  'defaultServiceExportTo', 'defaultTrafficPolicy', 'defaultVirtualServiceExportTo', 'disableEnvoyListenerLog', 'discoverySelectors',
  'dnsRefreshRate', 'enableAutoMtls', 'enableEnvoyAccessLogService', 'enablePrometheusMerge', 'enableTracing', 'extensionProviders',
  'h2UpgradePolicy', 'hboneIdleTimeout', 'inboundClusterStatName', 'inboundTrafficPolicy', 'ingressClass', 'ingressControllerMode',
  'ingressSelector', 'ingressService', 'localityLbSetting', 'meshMTLS', 'outboundClusterStatName', 'outboundTrafficPolicy',
  'pathNormalization', 'protocolDetectionTimeout', 'proxyHttpPort', 'proxyInboundListenPort', 'proxyListenPort', 'rootNamespace',
  'serviceEntryVisibility', 'serviceScopeConfigs', 'serviceSettings', 'tcpKeepalive', 'tlsDefaults', 'trustDomain', 'trustDomainAliases',
  'verifyCertificateAtClient', 'zoneAwareLbSetting',
];

/**
 * The fields of Istio's ProxyConfig, which is also `defaultConfig` of the mesh.
 */
export const PROXY_CONFIG_FIELDS = [
  'availabilityZone', 'binaryPath', 'caCertificatesPem', 'concurrency', 'configPath', 'connectionSettings', 'controlPlaneAuthPolicy',
  'customConfigFile', 'discoveryAddress', 'discoveryRefreshDelay', 'drainDuration', 'envoyAccessLogService', 'envoyMetricsService',
  'envoyMetricsServiceAddress', 'extraStatTags', 'fileFlushInterval', 'fileFlushMinSizeKb', 'gatewayTopology',
  'holdApplicationUntilProxyStarts', 'image', 'interceptionMode', 'meshId', 'privateKeyProvider', 'proxyAdminPort',
  'proxyBootstrapTemplatePath', 'proxyHeaders', 'proxyMetadata', 'proxyStatsMatcher', 'readinessProbe', 'runtimeValues', 'sds',
  'serviceCluster', 'statNameLength', 'statsCompression', 'statsdUdpAddress', 'statusPort', 'terminationDrainDuration', 'tracing',
  'tracingServiceName', 'zipkinAddress',
];

/**
 * The kinds of extension providers.
 */
export const PROVIDER_KINDS = [
  'datadog', 'envoyExtAuthzGrpc', 'envoyExtAuthzHttp', 'envoyFileAccessLog', 'envoyHttpAls', 'envoyOtelAls', 'envoyTcpAls', 'lightstep',
  'opencensus', 'opentelemetry', 'prometheus', 'sds', 'skywalking', 'stackdriver', 'zipkin',
];

/**
 * Refuses fields that Istio does not know, and would not complain about.
 */
export function requireKnown(where: string, fields: { [key: string]: any }, known: string[]): void {
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const near = known.find((key) => key.toLowerCase() === unknown.toLowerCase());
    throw new Error(`${where} has '${unknown}', which Istio does not know and would ignore: ${near ? `write it '${near}'` : 'correct or remove it'}`);
  }
}
