import { Fixture } from './fixture';
import { EgressGateway, EgressGatewayProps } from '../../../src';

function egress(props: Partial<EgressGatewayProps> = {}) {
  const fixture = new Fixture();
  return { fixture, gateway: new EgressGateway(fixture.platform, 'egress', { mesh: fixture.mesh, ...props }) };
}

test('its proxies are injected, and have an identity of SPIRE but no right to Secrets', () => {
  const { fixture, gateway } = egress();
  expect(fixture.stages['70-gateways']).toEqual([
    'ServiceAccount istio-egress istio-egressgateway',
    'Deployment istio-egress istio-egressgateway',
    'Service istio-egress istio-egressgateway',
    'PodDisruptionBudget istio-egress istio-egressgateway',
  ]);
  const { metadata, spec } = gateway.deployment.toJson().spec.template;
  expect(metadata.annotations['inject.istio.io/templates']).toBe('gateway,spire');
  expect(metadata.labels).toMatchObject({ 'istio': 'egressgateway', 'spiffe.io/spire-managed-identity': 'true' });
  expect(spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect([gateway.identity.principal, fixture.mesh.isMember(gateway)]).toEqual(['example.org/ns/istio-egress/sa/istio-egressgateway', true]);
});

test('it is reached inside the cluster only, and nobody is let in before an access policy says so', () => {
  const { fixture, gateway } = egress();
  expect(gateway.service.toJson().spec).toMatchObject({ type: 'ClusterIP', ports: [{ name: 'tls', port: 8443 }, { name: 'http2', port: 8080 }] });
  expect(gateway.host).toBe('istio-egressgateway.istio-egress.svc.cluster.local');
  expect(fixture.manifests.filter((one) => ['AuthorizationPolicy', 'Gateway'].includes(one.kind)).map((one) => one.metadata.namespace)).toEqual(['istio-system']);
});

test('has another name, namespace and number of proxies', () => {
  const { gateway } = egress({ name: 'partners', namespace: 'partner-egress', replicas: 3 });
  expect([gateway.identity.principal, gateway.selector, gateway.deployment.toJson().spec.replicas]).toEqual([
    'example.org/ns/partner-egress/sa/partners', { istio: 'partners' }, 3,
  ]);
});

test('fails for one replica', () => {
  expect(() => egress({ replicas: 1 })).toThrow("egress gateway 'istio-egressgateway' has 1 replicas: use 2 or more");
});
