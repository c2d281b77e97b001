import { ApiObject, Testing } from 'cdk8s';
import { isPolicy } from '../../../../src/constructs/access/report/policy-kinds';

const define = (apiVersion: string, kind: string, spec: any = {}) => new ApiObject(Testing.chart(), 'object', { apiVersion, kind, metadata: { name: 'p' }, spec });

test.each([
  ['security.istio.io/v1', 'PeerAuthentication'], ['networking.istio.io/v1alpha3', 'EnvoyFilter'], ['extensions.istio.io/v1alpha1', 'WasmPlugin'],
  ['policy.linkerd.io/v1beta3', 'Server'], ['policy.linkerd.io/v1beta3', 'HTTPRoute'], ['policy.linkerd.io/v1alpha1', 'NetworkAuthentication'],
  ['cilium.io/v2', 'CiliumEnvoyConfig'], ['projectcalico.org/v3', 'NetworkPolicy'], ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'],
  ['gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy'],
])('%s %s says who may call whom', (apiVersion, kind) => {
  expect(isPolicy(define(apiVersion, kind))).toBe(true);
});

test.each([
  ['v1', 'Service'], ['example.org/v1', 'Server'], ['example.org/v1', 'SecurityPolicy'], ['networking.istio.io/v1', 'VirtualService'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
])('%s %s does not', (apiVersion, kind) => {
  expect(isPolicy(define(apiVersion, kind))).toBe(false);
});

test('a route of the Gateway API does so at a Server of Linkerd only', () => {
  const route = (parentRef: any) => isPolicy(define('gateway.networking.k8s.io/v1', 'GRPCRoute', { parentRefs: [parentRef] }));
  expect(route({ group: 'policy.linkerd.io', kind: 'Server', name: 'api' })).toBe(true);
  expect(route({ kind: 'Gateway', name: 'ingress' })).toBe(false);
});
