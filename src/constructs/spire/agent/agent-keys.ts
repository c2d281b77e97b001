/**
 * The keys of the `agent` block that have a property, or that something else in the installation decides.
 */
export const AGENT_KEYS = [
  'admin_socket_path', 'allow_unauthenticated_verifiers', 'allowed_foreign_jwt_claims', 'authorized_delegates', 'availability_target', 'data_dir',
  'disable_workload_api', 'disable_sds_api', 'experimental', 'insecure_bootstrap', 'join_token', 'join_token_file', 'jwt_svid_cache_max_size',
  'x509_svid_cache_max_size', 'log_format', 'log_level', 'log_source_location', 'log_selectors', 'profiling_enabled', 'profiling_port',
  'profiling_freq', 'profiling_names', 'rebootstrap_mode', 'rebootstrap_delay', 'sds', 'server_address', 'server_port', 'socket_path',
  'trust_bundle_path', 'trust_bundle_url', 'trust_bundle_spiffe_workload_api', 'trust_bundle_format', 'trust_bundle_unix_socket', 'trust_domain',
  'workload_x509_svid_key_type',
];
