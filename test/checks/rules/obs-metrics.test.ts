import { found } from '../cases';

const QUERY = (expr: string, more = ''): string =>
  `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a, namespace: shop, labels: {release: a}}\nspec:\n  groups:\n  - name: a\n    rules:\n${more}    - alert: A\n      expr: '${expr}'\n---\n`;
const PANEL = (expr: string): string => `{"schemaVersion": 39, "panels": [{"id": 1, "gridPos": {}, "targets": [{"expr": ${JSON.stringify(expr)}}]}]}`;
const CONFIG = (name: string, text: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: spire}\ndata:\n  ${name}.conf: |\n    ${text}\n---\n`;
const SERVER = (telemetry: string): string => CONFIG('server', `server { trust_domain = "example.org" } telemetry { Prometheus { port = 9988 } ${telemetry} }`);
const AGENT = (telemetry: string): string => CONFIG('agent', `agent { trust_domain = "example.org" } telemetry { ${telemetry} }`);
const IMAGE = (version: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: s, namespace: spire}
spec: {containers: [{name: spire-server, image: "ghcr.io/spiffe/spire-server:${version}"}], volumes: [{name: c, configMap: {name: server}}]}\n---\n`;
const OBJECT = (kind: string, metadata: string, spec: string): string => `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata: {${metadata}}\nspec: {${spec}}\n---\n`;
const PROMETHEUS = (spec: string, kind = 'Prometheus'): string => OBJECT(kind, 'name: k8s, namespace: monitoring', spec);
const DASHBOARD = (spec: string): string => `apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata: {name: a}\nspec: {instanceSelector: {}, ${spec}}\n`;
const JOB = (pod: string, metadata = 'name: report, namespace: shop'): string =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata: {${metadata}}\nspec: {schedule: "0 * * * *", jobTemplate: {spec: {template: {${pod}}}}}\n`;


test.each([
  ['OBS-SPIRE-METRIC', QUERY('spire_server_ca_expiry_seconds < 3600'), 'SPIRE has no metric spire_server_ca_expiry_seconds'],
  ['OBS-SPIRE-METRIC', QUERY('sum(rate(spire_agent_svid_renewals{status!="OK"}[5m]))'), 'SPIRE has no metric spire_agent_svid_renewals'],
  ['OBS-SPIRE-METRIC', QUERY('spire_server_datastore_connections'), 'SPIRE has no metric spire_server_datastore_connections'],
  ['OBS-SPIRE-METRIC', QUERY('histogram_quantile(0.9, rate(spire_server_svid_rotate_elapsed_time_bucket[5m]))'), 'spire_server_svid_rotate_elapsed_time_bucket: what it measures are summaries'],
  ['OBS-SPIRE-METRIC', PANEL('sum(spire_server_agents_count)'), 'SPIRE has no metric spire_server_agents_count'],
  ['OBS-QUANTILE', QUERY('spire_agent_node_attest_elapsed_time{host="a",quantile="0.5"} > 9'), 'the quantile of spire_agent_node_attest_elapsed_time'],
  ['OBS-METRIC', SERVER('MetricPrefix = "acme"') + QUERY('absent(spire_server_started)'), 'MetricPrefix of the servers is "acme"'],
  ['OBS-METRIC', QUERY('envoy_server_days_until_first_cert_expiring < 7'), 'is 0 for every SVID under a day'],
  ['OBS-LABEL', AGENT('') + QUERY('sum by (trust_domain) (rate(spire_agent_agent_svid_rotate[5m]))'), 'the metrics of the agent have no label trust_domain'],
  ['OBS-LABEL', SERVER('') + QUERY('spire_server_svid_rotate{trust_domain="example_org"}'), 'the metrics of the server have no label trust_domain'],
  ['OBS-RULE-SELECTED', PROMETHEUS('ruleSelector: {matchLabels: {release: b}}, ruleNamespaceSelector: {}') + QUERY('spire_server_started'), 'ruleSelector of Prometheus k8s does not take it: it wants release: b'],
  ['OBS-RULE-SELECTED', PROMETHEUS('podMonitorSelector: {}') + OBJECT('PodMonitor', 'name: spire-server, namespace: shop', 'selector: {}'), 'podMonitorSelector of Prometheus k8s does not take it'],
  ['OBS-DASHBOARD', DASHBOARD('url: "https://a.org", json: "{}"'), 'json and url exclude each other'],
  ['OBS-DASHBOARD', DASHBOARD('folder: a'), 'there is none of json, gzipJson, url'],
  ['OPS-BACKUP-JOB', JOB('spec: {containers: [{name: a, image: "a:1", command: [sh, -c, "pg_dump spire"]}]}'), 'concurrencyPolicy and activeDeadlineSeconds not set'],
])('%s: fails for %s', (rule, text, message) => {
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['OBS-SPIRE-METRIC', QUERY('spire_server_manager_x509_ca_rotate_expiration - time() < 3600 or absent(spire_server_started)')],
  ['OBS-SPIRE-METRIC', QUERY('sum(increase(spire_server_rpc_agent_v1_agent_attest_agent{status!="OK"}[10m])) > 0')],
  ['OBS-SPIRE-METRIC', QUERY('rate(spire_server_datastore_node_fetch_elapsed_time_sum[5m]) / rate(spire_server_datastore_node_fetch_elapsed_time_count[5m])')],
  ['OBS-SPIRE-METRIC', QUERY('spire_agent_lru_cache_record_map_size + spire_agent_sync_entries_total + spire_agent_workload_api_connections + spire_agent_cache_manager_expiring_svids_count')],
  ['OBS-SPIRE-METRIC', QUERY('spire_server_ca_left < 60', '    - record: spire_server_ca_left\n      expr: spire_server_manager_x509_ca_rotate_expiration - time()\n')],
  ['OBS-SPIRE-METRIC', QUERY('count({__name__=~"spire_server_own_.+"})')],
  ['OBS-SPIRE-METRIC', QUERY('label_replace(up, "a", "spire_server_b", "", "")')],
  ['OBS-SPIRE-METRIC', PANEL("label_replace(up, 'a', 'spire_server_b', `spire_agent_c`, '')")],
  ['OBS-SPIRE-METRIC', PANEL('spire_agent_delegated_identity_api_subscribe_x509_svids_first_update_elapsed_time_count + spire_agent_workload_api_bundles_update_jwt')],
  ['OBS-SPIRE-METRIC', PANEL('rate(spire_server_datastore_${table}_fetch[5m])')],
  ['OBS-SPIRE-METRIC', PANEL('rate(spire_server_$call[5m])')],
  ['OBS-SPIRE-METRIC', SERVER('') + IMAGE('1.16.0') + QUERY('spire_server_new_things')],
  ['OBS-QUANTILE', QUERY('rate(spire_agent_node_attest_elapsed_time_sum[5m])')],
  ['OBS-QUANTILE', PANEL('spire_agent_node_attest_elapsed_time{quantile="0.5"}')],
  ['OBS-METRIC', SERVER('') + QUERY('absent(spire_server_started)')],
  ['OBS-METRIC', SERVER('MetricPrefix = "spire_server"') + QUERY('absent(spire_server_started)')],
  ['OBS-LABEL', SERVER('EnableTrustDomainLabel = true') + QUERY('sum by (trust_domain) (rate(spire_server_svid_rotate[5m]))')],
  ['OBS-LABEL', SERVER('') + QUERY('spire_server_started{trust_domain_id="example_org"}')],
  ['OBS-LABEL', QUERY('sum by (trust_domain) (rate(spire_server_svid_rotate[5m]))')],
  ['OBS-LABEL', SERVER('') + QUERY('sum by (trust_domain) (rate(spire_server_svid_rotate[5m]))') + OBJECT('PodMonitor', 'name: a', 'podMetricsEndpoints: [{relabelings: [{targetLabel: trust_domain, replacement: a}]}]')],
  ['OBS-RULE-SELECTED', PROMETHEUS('ruleSelector: {matchLabels: {release: a}}, ruleNamespaceSelector: {}') + QUERY('spire_server_started')],
  ['OBS-RULE-SELECTED', PROMETHEUS('ruleSelector: {}, ruleNamespaceSelector: {}') + QUERY('spire_server_started')],
  ['OBS-RULE-SELECTED', PROMETHEUS('replicas: 1') + QUERY('spire_server_started')],
  ['OBS-RULE-SELECTED', PROMETHEUS('ruleSelector: {matchLabels: {release: b}}, ruleNamespaceSelector: {}') + PROMETHEUS('ruleSelector: {}, ruleNamespaceSelector: {}', 'ThanosRuler') + QUERY('spire_server_started')],
  ['OBS-RULE-SELECTED', PROMETHEUS('ruleSelector: {matchLabels: {release: b}}, ruleNamespaceSelector: {}') + QUERY('up')],
  ['OBS-DASHBOARD', DASHBOARD('grafanaCom: {id: 1}')],
  ['OPS-BACKUP-JOB', JOB('metadata: {annotations: {inject.istio.io/templates: "sidecar,spire"}}, spec: {containers: [{name: a, image: "a:1", command: [report]}], volumes: [{name: s, csi: {driver: csi.spiffe.io}}]}')],
])('%s: takes %s', (rule, text) => {
  expect(found(rule, text)).toEqual([]);
});
