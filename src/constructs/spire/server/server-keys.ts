/**
 * The keys of the `server` block that have a property, or that something else in the installation decides.
 */
export const SERVER_KEYS = [
  'admin_ids', 'agent_ttl', 'audit_log_enabled', 'bind_address', 'bind_port', 'ca_key_type', 'ca_subject', 'ca_ttl', 'data_dir',
  'default_x509_svid_ttl', 'default_jwt_svid_ttl', 'disable_jwt_svids', 'experimental', 'federation', 'jwt_issuer', 'jwt_key_type', 'log_format',
  'log_level', 'log_source_location', 'max_attested_node_info_staleness', 'profiling_enabled', 'profiling_port', 'profiling_freq',
  'profiling_names', 'proxy_protocol_trusted_cidrs', 'prune_attested_nodes_expired_for', 'prune_attested_nodes_batch_size', 'prune_tofu_nodes',
  'ratelimit', 'socket_path', 'trust_domain',
];
