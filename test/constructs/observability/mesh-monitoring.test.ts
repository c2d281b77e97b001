import { parser } from '@prometheus-io/lezer-promql';
import { Duration } from 'cdk8s';
import { IstioMesh, MeshMonitoring, Spire } from '../../../src';
import { addPrometheusChecks } from '../../../src/constructs/observability/prometheus-checks';
import { spireRules } from '../../../src/constructs/observability/spire-rules';
import { strictErrors } from '../../support/strict-schema';
import { synthPlatform } from '../../support/synth';

const output = synthPlatform((platform) => new MeshMonitoring(platform, 'monitoring', {
  mesh: new IstioMesh(platform, 'mesh', { spire: new Spire(platform, 'spire') }),
  ruleLabels: { release: 'prometheus' },
}));
const rule = output.object('PrometheusRule', 'spiffe-mesh');
const rules: any[] = rule.spec.groups.flatMap((group: any) => group.rules);

function syntaxErrors(query: string): number {
  let errors = 0;
  parser.parse(query).iterate({ enter: (node) => { errors += node.type.isError ? 1 : 0; } });
  return errors;
}

test('the rules are where the mesh is and carry the label that Prometheus looks for', () => {
  expect(rule.metadata).toMatchObject({ namespace: 'istio-system', labels: { release: 'prometheus' } });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('fails for labels that no object can have', () => {
  expect(() => synthPlatform((platform) => new MeshMonitoring(platform, 'monitoring', {
    mesh: new IstioMesh(platform, 'mesh', { spire: new Spire(platform, 'spire') }), ruleLabels: { release: 'kube prometheus' },
  }))).toThrow('ruleLabels has the value "kube prometheus" for \'release\'');
});

test('each query is PromQL', () => {
  expect(rules.filter((one) => syntaxErrors(one.expr) > 0)).toEqual([]);
  expect(syntaxErrors('sum by le (up')).toBeGreaterThan(0);
});

test('records have the names that dashboards of the field use', () => {
  expect(rules.map((one) => one.record ?? one.alert)).toEqual([
    'spiffe:request_rate_5m', 'spiffe:error_rate_5m', 'spiffe:request_duration_p99_5m', 'spiffe:mtls_usage', 'spiffe:tcp_mtls_usage',
    'SPIFFEIdentityMTLSFailure', 'SPIFFEUnauthorizedAccess', 'SPIFFEIdentityHighErrorRate', 'SPIFFEIdentityHighLatency',
    'SPIREServerCAExpires', 'SPIREAgentStalled',
  ]);
});

test('a share of which there is nothing is 0: the worst value is not an unknown one', () => {
  const usage = rules.find((one) => one.record === 'spiffe:mtls_usage').expr;
  const by = 'sum by (destination_service_name, destination_service_namespace)';
  const all = `${by} (rate(istio_requests_total{reporter="destination"}[5m]))`;
  expect(usage).toBe(`(${by} (rate(istio_requests_total{reporter="destination",connection_security_policy="mutual_tls"}[5m])) or ${all} * 0) / ${all}`);
});

test('each program whose metrics the rules read is asked for, and no program twice', () => {
  const written = synthPlatform((platform) => {
    const spire = new Spire(platform, 'spire');
    new MeshMonitoring(platform, 'monitoring', { mesh: new IstioMesh(platform, 'mesh', { spire }) });
    addPrometheusChecks(platform, { name: 'other', rules: [] }, [{ metric: 'spire_server_started', of: 'the SPIRE server' }]);
  });
  expect(Object.values(written.files).join('').match(/(?<=query=count\()\w+/g)).toEqual(['istio_requests_total', 'spire_server_started', 'spire_agent_started']);
});

test('each alert waits, and its texts use labels that its query keeps', () => {
  for (const alert of rules.filter((one) => one.alert)) {
    expect(alert.for).toMatch(/^(2|5|10)m$/);
    const used = [...`${alert.annotations.summary} ${alert.annotations.description}`.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1]);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((label) => !alert.expr.includes(label))).toEqual([]);
  }
});

test('the end of a CA is an alert when its successor should have taken over: one sixth of its life before, seven days at most', () => {
  const left = (caTtl: Duration) => /< (\d+)$/.exec(spireRules(caTtl).rules[0].expr)![1];
  expect([Duration.hours(24), Duration.days(42), Duration.days(365)].map(left)).toEqual([4 * 3600, 7 * 86400, 7 * 86400].map(String));
});
