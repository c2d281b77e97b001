/**
 * Keys that SPIRE has and the library does not, each with the reason. The page about the configuration tells them too.
 */
export const NOT_OFFERED: { readonly keys: RegExp; readonly reason: string }[] = [
  { keys: /^(server|agent)\.log_file$/, reason: 'containers log to the standard output; additionalConfig can set it' },
  { keys: /^agent\.join_token$/, reason: 'a secret in a ConfigMap; joinToken takes a Secret, as join_token_file' },
  { keys: /^plugins\.[a-z]+\.[a-z0-9_-]+\.enabled$/, reason: 'a plugin that is not wanted is left out' },
  { keys: /^plugins\.[a-z]+\.[a-z0-9_-]+\.plugin_data_file$/, reason: 'a change of the configuration rolls the pods' },
  { keys: /^plugins\.notifier\./, reason: 'SPIRE gives up Notifiers after 1.15; BundlePublisher takes their place' },
  { keys: /^plugins\.nodeattestor\.x509pop\.plugin_data\.svid_prefix$/, reason: 'the name in SPIRE\'s documentation; SPIRE reads spiffe_prefix, our spiffePrefix' },
  { keys: /^plugins\.workloadattestor\.k8s\.plugin_data\.disable_kubelet_client$/, reason: 'the agent\'s own health check fails with it' },
  { keys: /^server\.federation(\.|$)/, reason: 'a property of its own' },
  { keys: /^agent\.sds(\.|$)/, reason: 'follows from federation' },
];

/**
 * Keys of recorded configurations that SPIRE accepts without looking at them: it does not have them.
 */
export const UNREAD = [
  /^(global|logging|health_checks\.tls|agent\.workload\.api)(\.|$)/,
  // stray labels: SPIRE loses what is inside
  /^server\.(ca_subject\.main|ratelimit\.default)(\.|$)/,
  /^server\.(default_svid_ttl|experimental\.turbo_mode)$/,
  /^agent\.experimental\.broker_api$/,
  /^telemetry\.(interval|prometheus\.tls\.min_version)$/,
  /^plugins\.keymanager\.(disk\.plugin_data\.encrypt|memory\.plugin_dta(\.x)?)$/,
  /^plugins\.nodeattestor\.(join_token\.plugin_data\.ttl|my_attestor(\..*)?)$/,
  /^plugins\.upstreamauthority\.vault\.plugin_data\.pki_role$/,
  /^plugins\.workloadattestor\.k8s\.plugin_data\.(kubelet_port|sigstore\.enforce)$/,
];

/**
 * Other spellings of what the library writes: a type of plugin as one object, lists of objects as objects with free names.
 */
export const OTHER_SPELLINGS = [
  /^plugins\.(datastore|keymanager|nodeattestor|workloadattestor)$/,
  /^telemetry\.m3\.(a|b|prod)(\.|$)/,
  /^agent\.experimental\.broker\.brokers\.one(\.|$)/,
];
