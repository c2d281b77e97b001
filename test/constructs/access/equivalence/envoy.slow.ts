import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { runs, sentences, System } from './system';
import { AccessEnforcer, Artifact } from '../../../../src';
import { describeWithEnvoy, validateBootstrap } from '../../../support/envoy';
import { rbacAllows } from '../../../support/policies/envoy-rbac';

function documents(system: System): any[] {
  const file = system.fixture.platform.node.findAll().filter(Artifact.isArtifact).find((artifact) => artifact.fileName === 'envoy-rbac.yaml')!;
  return parseAllDocuments(file.render()).map((document) => document.toJS()).filter(Boolean);
}

test("Envoy's RBAC filters say what the statements say", () => {
  fc.assert(fc.property(runs(), ([stated, requests]) => {
    const system = new System(stated, [AccessEnforcer.envoyRbac()]);
    const byWorkload = new Map(documents(system).map((one) => [one.workload, one]));
    for (const call of requests) {
      const filters = byWorkload.get(system.workload(call.destination).identity.spiffeId.uri);
      const allowed = filters !== undefined && rbacAllows(call.http ? filters.http_filters : filters.network_filters,
        { identity: system.identity(call.source)?.uri, port: call.port, http: call.http, claims: call.claims });
      expect({ call, allowed }).toEqual({ call, allowed: system.allows(call) });
    }
  }), { numRuns: 60 });
});

test('what is only watched is a shadow rule', () => {
  const system = new System([{ deny: false, auditOnly: true, source: 'web', destination: 'api', port: 8080, methods: ['GET'] }], [AccessEnforcer.envoyRbac()]);
  const [{ http_filters: filters }] = documents(system);
  const request = { identity: 'spiffe://example.org/ns/shop/sa/web', port: 8080, http: { method: 'GET', path: '/', host: 'api' } };
  expect([rbacAllows(filters, request), rbacAllows(filters, request, 'shadow_rules')]).toEqual([false, true]);
});

describeWithEnvoy('Envoy', () => {
  test('takes the filters', () => {
    const system = new System(fc.sample(sentences, { numRuns: 80, seed: 5 }), [AccessEnforcer.envoyRbac()]);
    const http = (filters: any[]) => ({
      name: 'envoy.filters.network.http_connection_manager',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
        'stat_prefix': 'inbound',
        'http_filters': [...filters, { name: 'router', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' } }],
        'route_config': { virtual_hosts: [{ name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, direct_response: { status: 200 } }] }] },
      },
    });
    const tcp = {
      name: 'envoy.filters.network.echo', typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.network.echo.v3.Echo' },
    };
    const listeners = documents(system).flatMap((one, index) => [
      { name: `h${index}`, address: { socket_address: { address: '127.0.0.1', port_value: 20000 + index } }, filter_chains: [{ filters: [http(one.http_filters)] }] },
      { name: `t${index}`, address: { socket_address: { address: '127.0.0.1', port_value: 21000 + index } }, filter_chains: [{ filters: [...one.network_filters, tcp] }] },
    ]);
    expect(listeners.length).toBe(8);
    expect(JSON.stringify(listeners)).toContain('"action":"LOG"');
    expect(JSON.stringify(listeners)).toContain('JwtAuthentication');
    const { accepted, says } = validateBootstrap({ static_resources: { listeners, clusters: documents(system)[0].clusters } });
    expect(says).toContain('OK');
    expect(accepted).toBe(true);
  });
});
