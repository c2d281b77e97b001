import { httpRbacFilters, networkRbacFilters } from '../../../src/constructs/envoy/rbac-filter';
import { destinationPort, principalName } from '../../../src/constructs/envoy/rbac-matchers';

const NONE = { audit: [], deny: [], allow: [], shadowDeny: [], shadowAllow: [] };
const rule = { name: 'web', principal: principalName({ exact: 'spiffe://example.org/web' }), permissions: [destinationPort(8080)] };

test('without rules the filter is there, and lets nothing through', () => {
  expect(httpRbacFilters(NONE).map((filter) => [filter.name, filter.typed_config.rules])).toEqual([
    ['envoy.filters.http.rbac.allow', { action: 'ALLOW', policies: {} }],
  ]);
});

test('marks stand before all else, and refuse nothing', () => {
  const filters = httpRbacFilters({ ...NONE, audit: [rule], deny: [rule] });
  expect(filters.map(({ name, typed_config: config }) => [name, config.rules.action])).toEqual([
    ['envoy.filters.http.rbac.audit', 'LOG'], ['envoy.filters.http.rbac.deny', 'DENY'], ['envoy.filters.http.rbac.allow', 'ALLOW'],
  ]);
});

test('denials come first, what is only watched is a shadow rule beside them', () => {
  const filters = networkRbacFilters({ ...NONE, deny: [rule], shadowDeny: [rule], shadowAllow: [rule] });
  expect(filters.map(({ name, typed_config: config }) => [name, config.stat_prefix, config.rules.action, config.shadow_rules.action])).toEqual([
    ['envoy.filters.network.rbac.deny', 'access', 'DENY', 'DENY'], ['envoy.filters.network.rbac.allow', 'access', 'ALLOW', 'ALLOW'],
  ]);
  expect(filters[0].typed_config.rules.policies).toEqual({
    web: {
      permissions: [{ and_rules: { rules: [{ destination_port: 8080 }] } }],
      principals: [{ authenticated: { principal_name: { exact: 'spiffe://example.org/web' } } }],
    },
  });
});
