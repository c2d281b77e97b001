package main

// What is in a google.protobuf.Any is known of the types below.
import (
	_ "github.com/cncf/xds/go/udpa/type/v1"
	_ "github.com/cncf/xds/go/xds/type/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/config/bootstrap/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/config/metrics/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/config/trace/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/file/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/filters/cel/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/grpc/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/open_telemetry/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/access_loggers/stream/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/bootstrap/internal_listener/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/clusters/aggregate/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/clusters/dns/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/clusters/dynamic_forward_proxy/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/compression/brotli/compressor/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/compression/brotli/decompressor/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/compression/gzip/compressor/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/compression/gzip/decompressor/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/compression/zstd/compressor/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/compression/zstd/decompressor/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/admission_control/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/api_key_auth/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/bandwidth_limit/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/basic_auth/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/buffer/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/compressor/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/cors/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/credential_injector/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/csrf/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/decompressor/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/dynamic_forward_proxy/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ext_authz/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ext_proc/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/fault/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/grpc_http1_bridge/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/grpc_stats/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/grpc_web/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/header_mutation/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/header_to_metadata/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/health_check/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/jwt_authn/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/local_ratelimit/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/lua/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/oauth2/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/on_demand/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/original_src/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ratelimit/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/router/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/set_filter_state/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/set_metadata/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/stateful_session/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/tap/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/upstream_codec/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/wasm/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/http_inspector/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/local_ratelimit/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/original_dst/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/original_src/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/proxy_protocol/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/tls_inspector/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/connection_limit/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/direct_response/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/echo/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/ext_authz/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/local_ratelimit/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/ratelimit/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/set_filter_state/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/sni_cluster/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/sni_dynamic_forward_proxy/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/udp/udp_proxy/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/formatter/cel/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/formatter/metadata/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/formatter/req_without_query/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/http/header_formatters/preserve_case/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/http/original_ip_detection/custom_header/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/http/original_ip_detection/xff/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/http/stateful_session/cookie/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/http/stateful_session/header/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/internal_redirect/previous_routes/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/internal_redirect/safe_cross_scheme/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/client_side_weighted_round_robin/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/cluster_provided/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/least_request/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/maglev/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/pick_first/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/random/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/ring_hash/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/round_robin/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/subset/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/load_balancing_policies/wrr_locality/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/matching/common_inputs/network/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/matching/common_inputs/ssl/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/network/dns_resolver/apple/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/network/dns_resolver/cares/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/network/dns_resolver/getaddrinfo/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/path/match/uri_template/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/path/rewrite/uri_template/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/rbac/audit_loggers/stream/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/request_id/uuid/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/resource_monitors/cgroup_memory/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/resource_monitors/cpu_utilization/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/resource_monitors/downstream_connections/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/resource_monitors/fixed_heap/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/resource_monitors/injected_resource/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/retry/host/omit_canary_hosts/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/retry/host/previous_hosts/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/retry/priority/previous_priorities/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/stat_sinks/graphite_statsd/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/stat_sinks/open_telemetry/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/tracers/opentelemetry/resource_detectors/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/tracers/opentelemetry/samplers/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/internal_upstream/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/proxy_protocol/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/quic/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/raw_buffer/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/starttls/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tap/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/tcp/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

var httpTypes = []string{
	"envoy.extensions.filters.http.buffer.v3.Buffer",
	"envoy.extensions.filters.http.buffer.v3.BufferPerRoute",
	"envoy.extensions.filters.http.compressor.v3.Compressor",
	"envoy.extensions.filters.http.compressor.v3.CompressorPerRoute",
	"envoy.extensions.filters.http.decompressor.v3.Decompressor",
	"envoy.extensions.filters.http.cors.v3.Cors",
	"envoy.extensions.filters.http.cors.v3.CorsPolicy",
	"envoy.extensions.filters.http.credential_injector.v3.CredentialInjector",
	"envoy.extensions.filters.http.csrf.v3.CsrfPolicy",
	"envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig",
	"envoy.extensions.filters.http.ext_authz.v3.ExtAuthz",
	"envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute",
	"envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor",
	"envoy.extensions.filters.http.ext_proc.v3.ExtProcPerRoute",
	"envoy.extensions.filters.http.fault.v3.HTTPFault",
	"envoy.extensions.filters.http.grpc_http1_bridge.v3.Config",
	"envoy.extensions.filters.http.grpc_stats.v3.FilterConfig",
	"envoy.extensions.filters.http.grpc_web.v3.GrpcWeb",
	"envoy.extensions.filters.http.header_mutation.v3.HeaderMutation",
	"envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute",
	"envoy.extensions.filters.http.header_to_metadata.v3.Config",
	"envoy.extensions.filters.http.health_check.v3.HealthCheck",
	"envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication",
	"envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig",
	"envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
	"envoy.extensions.filters.http.lua.v3.Lua",
	"envoy.extensions.filters.http.lua.v3.LuaPerRoute",
	"envoy.extensions.filters.http.oauth2.v3.OAuth2",
	"envoy.extensions.filters.http.on_demand.v3.OnDemand",
	"envoy.extensions.filters.http.original_src.v3.OriginalSrc",
	"envoy.extensions.filters.http.ratelimit.v3.RateLimit",
	"envoy.extensions.filters.http.ratelimit.v3.RateLimitPerRoute",
	"envoy.extensions.filters.http.rbac.v3.RBAC",
	"envoy.extensions.filters.http.rbac.v3.RBACPerRoute",
	"envoy.extensions.filters.http.router.v3.Router",
	"envoy.extensions.filters.http.set_filter_state.v3.Config",
	"envoy.extensions.filters.http.set_metadata.v3.Config",
	"envoy.extensions.filters.http.stateful_session.v3.StatefulSession",
	"envoy.extensions.filters.http.tap.v3.Tap",
	"envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec",
	"envoy.extensions.filters.http.wasm.v3.Wasm",
	"envoy.extensions.filters.http.bandwidth_limit.v3.BandwidthLimit",
	"envoy.extensions.filters.http.admission_control.v3.AdmissionControl",
	"envoy.extensions.filters.http.basic_auth.v3.BasicAuth",
	"envoy.extensions.filters.http.api_key_auth.v3.ApiKeyAuth",
}

var otherTypes = []string{
	"envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit",
	"envoy.extensions.filters.network.direct_response.v3.Config",
	"envoy.extensions.filters.network.echo.v3.Echo",
	"envoy.extensions.filters.network.ext_authz.v3.ExtAuthz",
	"envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
	"envoy.extensions.filters.network.local_ratelimit.v3.LocalRateLimit",
	"envoy.extensions.filters.network.ratelimit.v3.RateLimit",
	"envoy.extensions.filters.network.rbac.v3.RBAC",
	"envoy.extensions.filters.network.set_filter_state.v3.Config",
	"envoy.extensions.filters.network.sni_cluster.v3.SniCluster",
	"envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig",
	"envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
	"envoy.extensions.filters.listener.http_inspector.v3.HttpInspector",
	"envoy.extensions.filters.listener.local_ratelimit.v3.LocalRateLimit",
	"envoy.extensions.filters.listener.original_dst.v3.OriginalDst",
	"envoy.extensions.filters.listener.original_src.v3.OriginalSrc",
	"envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol",
	"envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector",
	"envoy.extensions.filters.udp.udp_proxy.v3.UdpProxyConfig",
	"envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
	"envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
	"envoy.extensions.transport_sockets.tls.v3.Secret",
	"envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig",
	"envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer",
	"envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport",
	"envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport",
	"envoy.extensions.transport_sockets.starttls.v3.StartTlsConfig",
	"envoy.extensions.transport_sockets.starttls.v3.UpstreamStartTlsConfig",
	"envoy.extensions.transport_sockets.tap.v3.Tap",
	"envoy.extensions.transport_sockets.quic.v3.QuicDownstreamTransport",
	"envoy.extensions.transport_sockets.quic.v3.QuicUpstreamTransport",
	"envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
	"envoy.extensions.upstreams.tcp.v3.TcpProtocolOptions",
	"envoy.extensions.access_loggers.file.v3.FileAccessLog",
	"envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
	"envoy.extensions.access_loggers.stream.v3.StderrAccessLog",
	"envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig",
	"envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig",
	"envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig",
	"envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
	"envoy.extensions.load_balancing_policies.round_robin.v3.RoundRobin",
	"envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest",
	"envoy.extensions.load_balancing_policies.random.v3.Random",
	"envoy.extensions.load_balancing_policies.ring_hash.v3.RingHash",
	"envoy.extensions.load_balancing_policies.maglev.v3.Maglev",
	"envoy.extensions.load_balancing_policies.wrr_locality.v3.WrrLocality",
	"envoy.extensions.load_balancing_policies.client_side_weighted_round_robin.v3.ClientSideWeightedRoundRobin",
	"envoy.extensions.load_balancing_policies.pick_first.v3.PickFirst",
	"envoy.extensions.load_balancing_policies.cluster_provided.v3.ClusterProvided",
	"envoy.extensions.load_balancing_policies.subset.v3.Subset",
	"envoy.extensions.resource_monitors.cgroup_memory.v3.CgroupMemoryConfig",
	"envoy.extensions.resource_monitors.cpu_utilization.v3.CpuUtilizationConfig",
	"envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig",
	"envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig",
	"envoy.extensions.resource_monitors.injected_resource.v3.InjectedResourceConfig",
	"envoy.extensions.stat_sinks.open_telemetry.v3.SinkConfig",
	"envoy.extensions.stat_sinks.graphite_statsd.v3.GraphiteStatsdSink",
	"envoy.extensions.tracers.opentelemetry.resource_detectors.v3.EnvironmentResourceDetectorConfig",
	"envoy.extensions.tracers.opentelemetry.resource_detectors.v3.StaticConfigResourceDetectorConfig",
	"envoy.extensions.tracers.opentelemetry.samplers.v3.AlwaysOnSamplerConfig",
	"envoy.extensions.clusters.aggregate.v3.ClusterConfig",
	"envoy.extensions.clusters.dns.v3.DnsCluster",
	"envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig",
	"envoy.extensions.bootstrap.internal_listener.v3.InternalListener",
	"envoy.extensions.internal_redirect.safe_cross_scheme.v3.SafeCrossSchemeConfig",
	"envoy.extensions.internal_redirect.previous_routes.v3.PreviousRoutesConfig",
	"envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate",
	"envoy.extensions.retry.host.omit_canary_hosts.v3.OmitCanaryHostsPredicate",
	"envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig",
	"envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
	"envoy.extensions.network.dns_resolver.getaddrinfo.v3.GetAddrInfoDnsResolverConfig",
	"envoy.extensions.network.dns_resolver.apple.v3.AppleDnsResolverConfig",
	"envoy.extensions.http.original_ip_detection.xff.v3.XffConfig",
	"envoy.extensions.http.original_ip_detection.custom_header.v3.CustomHeaderConfig",
	"envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig",
	"envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig",
	"envoy.extensions.http.stateful_session.cookie.v3.CookieBasedSessionState",
	"envoy.extensions.http.stateful_session.header.v3.HeaderBasedSessionState",
	"envoy.extensions.formatter.metadata.v3.Metadata",
	"envoy.extensions.formatter.req_without_query.v3.ReqWithoutQuery",
	"envoy.extensions.formatter.cel.v3.Cel",
	"envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig",
	"envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig",
	"envoy.extensions.compression.gzip.compressor.v3.Gzip",
	"envoy.extensions.compression.gzip.decompressor.v3.Gzip",
	"envoy.extensions.compression.brotli.compressor.v3.Brotli",
	"envoy.extensions.compression.brotli.decompressor.v3.Brotli",
	"envoy.extensions.compression.zstd.compressor.v3.Zstd",
	"envoy.extensions.compression.zstd.decompressor.v3.Zstd",
	"envoy.extensions.matching.common_inputs.network.v3.DestinationPortInput",
	"envoy.extensions.matching.common_inputs.network.v3.SourceIPInput",
	"envoy.extensions.matching.common_inputs.network.v3.ServerNameInput",
	"envoy.extensions.matching.common_inputs.network.v3.TransportProtocolInput",
	"envoy.extensions.matching.common_inputs.network.v3.ApplicationProtocolInput",
	"envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput",
	"envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput",
	"envoy.extensions.matching.common_inputs.network.v3.SourcePortInput",
	"envoy.extensions.matching.common_inputs.network.v3.SourceTypeInput",
	"envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput",
	"envoy.extensions.matching.common_inputs.ssl.v3.DnsSanInput",
	"envoy.extensions.matching.common_inputs.ssl.v3.SubjectInput",
	"envoy.extensions.rbac.audit_loggers.stream.v3.StdoutAuditLog",
	"envoy.config.trace.v3.OpenTelemetryConfig",
	"envoy.config.trace.v3.ZipkinConfig",
	"envoy.config.trace.v3.SkyWalkingConfig",
	"envoy.config.metrics.v3.StatsdSink",
	"envoy.config.metrics.v3.DogStatsdSink",
	"envoy.config.metrics.v3.HystrixSink",
	"envoy.config.metrics.v3.MetricsServiceConfig",
	"envoy.config.route.v3.RouteConfiguration",
	"envoy.config.route.v3.ScopedRouteConfiguration",
	"envoy.config.route.v3.FilterConfig",
	"envoy.type.matcher.v3.HttpRequestHeaderMatchInput",
	"xds.type.v3.TypedStruct",
	"udpa.type.v1.TypedStruct",
}
