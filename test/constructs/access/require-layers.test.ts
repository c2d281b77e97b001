import { requireLayers } from '../../../src/constructs/access/require-layers';

test.each([
  [['Istio', 'NetworkPolicy', 'OPA']],
  [['Istio waypoint']],
  [['NetworkPolicy', 'Cilium']],
  [['Cilium', 'Istio waypoint']],
  [['Istio ztunnel', 'NetworkPolicy']],
  [['Envoy RBAC', 'OPA']],
])('%j go together', (layers) => {
  expect(() => requireLayers('access policy', layers)).not.toThrow();
});

test.each([
  [['OPA', 'OPA'], 'has two enforcers of the layer OPA: they would write the same objects, name one'],
  [['Istio', 'Istio ztunnel'], 'has the layers Istio and Istio ztunnel: a workload has a sidecar, a waypoint, or ztunnel alone'],
])('fails for %j', (layers, message) => {
  expect(() => requireLayers('access policy', layers)).toThrow(`access policy ${message}`);
});
