import { fixture, found, rulesIn } from '../cases';

const F = 'mesh.yaml';

describe('no finding for a DestinationRule', () => {
  const disabled = fixture(F).replace('trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}', 'trafficPolicy: {tls: {mode: DISABLE}}');

  test.each([
    ['where the namespace is permissive', 'mode: STRICT', 'mode: PERMISSIVE'],
    ['where the workload is permissive', 'spec: {mtls: {mode: STRICT}}', 'spec: {mtls: {mode: STRICT}}\n---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: api, namespace: shop}\nspec: {selector: {matchLabels: {app: api}}, mtls: {mode: PERMISSIVE}}'],
    ['where the port is open', 'spec: {mtls: {mode: STRICT}}', 'spec: {mtls: {mode: STRICT}}\n---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: api, namespace: shop}\nspec: {selector: {matchLabels: {app: api}}, portLevelMtls: {"80": {mode: DISABLE}}}'],
    ['of a host outside', 'host: api, subsets', 'host: api.example.com, subsets'],
    ['of pods without a proxy', /(labels: \{app: api, version: v1)\}\n.*/, '$1, sidecar.istio.io/inject: "false"}'],
    ['with mutual TLS', 'mode: DISABLE', 'mode: ISTIO_MUTUAL'],
  ])('%s', (_, from, to) => {
    expect(disabled).not.toBe(disabled.replace(from, to));
    expect(rulesIn(disabled.replace(from, to))).not.toContain('MESH-STRICT-PLAINTEXT');
    expect(rulesIn(disabled)).toContain('MESH-STRICT-PLAINTEXT');
  });
});

test('no second VirtualService in a variant of the same name', () => {
  const variant = (name: string) => `${fixture(F)}---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ${name}, namespace: shop}\nspec: {hosts: [api]}\n`;
  expect(found('MESH-TWO-VIRTUAL-SERVICES', variant('api'))).toEqual([]);
  expect(found('MESH-TWO-VIRTUAL-SERVICES', variant('other'))).toHaveLength(1);
});
