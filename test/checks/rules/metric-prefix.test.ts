import { fixture, found } from '../cases';

const RULE = (metric: string): string => `---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: spire, namespace: spire-server}
spec: {groups: [{name: spire, rules: [{alert: A, expr: 'sum(rate(${metric}[10m])) > 0'}]}]}
`;
const RENAMED = fixture('spire.yaml').replace('telemetry { Prometheus {', 'telemetry { MetricPrefix = "edge" Prometheus {');

test('a query fails with the standard name of a metric that has another prefix', () => {
  expect(RENAMED).not.toBe(fixture('spire.yaml'));
  expect(found('OBS-METRIC', RENAMED + RULE('spire_server_datastore_bundle_fetch'))).toEqual(['there is no metric spire_server_datastore_bundle_fetch: MetricPrefix of the servers is "edge"']);
});

test.each([
  ['with the prefix of the servers', RENAMED + RULE('edge_datastore_bundle_fetch')],
  ['of the agents, whose prefix is the standard', RENAMED + RULE('spire_agent_manager_sync_fetch_entries_updates')],
  ['of servers with the standard prefix', fixture('spire.yaml') + RULE('spire_server_datastore_bundle_fetch')],
  ['where no server is seen', RULE('spire_server_datastore_bundle_fetch')],
])('a query is right %s', (_, text) => {
  expect(found('OBS-METRIC', text)).toEqual([]);
});
