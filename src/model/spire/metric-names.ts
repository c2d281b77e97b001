/** What SPIRE's server counts, measures and shows, behind the prefix spire_server_; calls of its APIs are not told apart. */
const SERVER = new RegExp(`^(?:${[
  'started', 'uptime_in_ms', 'runtime_\\w+', 'rpc_\\w+', 'rateLimit_\\w+', 'svid_rotate', 'entry_deleted', 'entry_cache_reload',
  'ca_manager_(?:bundle_prune|bundle_pruned|jwt_key_prepare|wit_key_prepare|x509_ca_prepare|x509_ca_activate)',
  'manager_(?:x509_ca_rotate_expiration|x509_ca_rotate_ttl|jwt_key_activate|wit_key_activate)',
  'server_ca_sign_(?:x509_svid|x509_ca_svid|jwt_svid|wit_svid)',
  'server_key_manager_(?:generate_key|get_public_keys?|sign_data)',
  'bundle_manager_(?:fetch|update)_federated_bundle',
  'datastore_(?:bundle|ca_journal|registration_entry|registration_entry_event|node|node_event|node_selectors|federation_relationship|join_token)_[a-z0-9_]+',
  'entry_(?:entries_by_entryid_cache|nodealiases_by_entryid_cache|nodealiases_by_selector_cache|skipped_entry_event_ids)_count',
  'node_(?:agents_by_id_cache|agents_by_expiresat_cache|skipped_node_event_ids)_count',
  'node_manager_prune', 'registration_entry_manager_prune',
].join('|')})$`);

/** The same for the agent, behind spire_agent_. */
const AGENT = new RegExp(`^(?:${[
  'started', 'uptime_in_ms', 'runtime_\\w+', 'rpc_\\w+', 'rateLimit_\\w+', 'bootstrapped', 'bootstrap_seconds', 'bootstrap_attempts',
  'agent_svid_rotate', 'agent_key_manager_[a-z_]+', 'node_attest', 'node_attestor_new_svid', 'jwt_svid_cache_size',
  'cache_manager_[a-z0-9_]+', 'lru_cache_(?:entry_add|entry_update|entry_remove|record_map_size|svid_map_size)',
  'manager_sync_fetch_(?:entries|svids)_updates', 'sync_bundles_total', 'sync_entries_(?:total|missing|stale|dropped)',
  '(?:sds_api|debug_api|delegated_identity_api|logger_api|workload_api)_connections?', 'store_store_svid_updates',
  'delegated_identity_api_subscribe_x509_svids?_first_(?:x509_svid_)?update',
  // documented, and counted by older releases
  'workload_api_bundles_update_jwt',
  'workload_api_(?:workload_attestation|workload_attestor|rate_limit_exceeded|discovered_selectors)',
].join('|')})$`);

/** Whether SPIRE has a metric, as its versions 1.8 to 1.15 do; a name without its prefix, with the endings of summaries. */
export function isSpireMetric(program: 'server' | 'agent', name: string): boolean {
  // the names of calls have no line before SVID
  if (/^rpc_\w*(x509|jwt)_svid/.test(name)) return false;
  const known = program === 'server' ? SERVER : AGENT;
  return [name, name.replace(/_(?:sum|count)$/, ''), name.replace(/_elapsed_time(?:_sum|_count)?$/, '')].some(one => known.test(one));
}
