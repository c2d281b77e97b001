import { Fixture } from './fixture';
import { IngressGateway } from '../../../src';

function ingress(props: { name?: string; namespace?: string; replicas?: number } = {}) {
  const fixture = new Fixture();
  return { fixture, gateway: new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh, ...props }) };
}

test('has a namespace, a service account with its right, proxies, a Service and a policy', () => {
  const { fixture } = ingress();
  const { stages } = fixture;
  expect(stages['10-namespaces']).toContain('Namespace istio-ingress');
  expect(stages['60-policies']).toEqual(['AuthorizationPolicy istio-ingress istio-ingressgateway']);
  expect(stages['70-gateways']).toEqual([
    'ServiceAccount istio-ingress istio-ingressgateway',
    'Role istio-ingress istio-ingressgateway',
    'RoleBinding istio-ingress istio-ingressgateway',
    'Deployment istio-ingress istio-ingressgateway',
    'Service istio-ingress istio-ingressgateway',
    'PodDisruptionBudget istio-ingress istio-ingressgateway',
  ]);
});

test('its proxies are injected, have an identity of SPIRE and fail closed', () => {
  const { fixture, gateway } = ingress();
  const template = gateway.deployment.toJson().spec.template;
  expect(template.metadata.labels).toMatchObject({
    'istio': 'ingressgateway', 'sidecar.istio.io/inject': 'true', 'spiffe.io/spire-managed-identity': 'true',
  });
  expect(template.metadata.annotations).toMatchObject({
    'inject.istio.io/templates': 'gateway,spire',
    'proxy.istio.io/config': '{"proxyMetadata":{"WORKLOAD_IDENTITY_SOCKET_FILE":"spire-agent.sock"}}',
  });
  expect(template.spec.containers.map((container: any) => [container.name, container.image])).toEqual([['istio-proxy', 'auto']]);
  expect(gateway.identity.principal).toBe('example.org/ns/istio-ingress/sa/istio-ingressgateway');
  expect(fixture.mesh.isMember(gateway)).toBe(true);
});

test('its pods are admitted by level restricted', () => {
  const { fixture, gateway } = ingress();
  const { securityContext, containers } = gateway.deployment.toJson().spec.template.spec;
  expect(securityContext).toEqual({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
  });
  expect(containers[0].securityContext).toEqual({
    allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true,
  });
  expect(fixture.manifests.find((one) => one.metadata.name === 'istio-ingress').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted', 'istio-injection': 'enabled',
  });
});

test('its selectors agree, and its policy opens the ports of its Service', () => {
  const { gateway } = ingress();
  const pods = gateway.deployment.toJson().spec.template.metadata.labels;
  expect(pods).toMatchObject(gateway.selector);
  expect(pods).toMatchObject(gateway.service.toJson().spec.selector);
  expect(pods).toMatchObject(gateway.deployment.toJson().spec.selector.matchLabels);
  expect(pods).toMatchObject(gateway.podDisruptionBudget.toJson().spec.selector.matchLabels);
  expect(gateway.service.toJson().spec.ports.map((port: any) => port.port)).toEqual([15021, 80, 443]);
  expect(gateway.authorizationPolicy.toJson().spec).toEqual({
    action: 'ALLOW', selector: { matchLabels: { istio: 'ingressgateway' } }, rules: [{ to: [{ operation: { ports: ['80', '443'] } }] }],
  });
});

test('has another name, namespace and number of proxies', () => {
  const { gateway } = ingress({ name: 'partners', namespace: 'partner-ingress', replicas: 3 });
  expect(gateway.identity.principal).toBe('example.org/ns/partner-ingress/sa/partners');
  expect([gateway.selector, gateway.deployment.toJson().spec.replicas]).toEqual([{ istio: 'partners' }, 3]);
});

test.each<[string, any, string]>([
  ['one replica', { replicas: 1 }, "ingress gateway 'istio-ingressgateway' has 1 replicas: use 2 or more"],
  ['the default namespace', { namespace: 'default' }, "is in namespace 'default'"],
  ['a name that is none', { name: 'Ingress' }, "ingress gateway name 'Ingress' is no name of a Service"],
])('fails for %s', (_, props, message) => {
  expect(() => ingress(props)).toThrow(message);
});

test('fails for two gateways in one namespace', () => {
  const { fixture } = ingress();
  expect(() => new IngressGateway(fixture.platform, 'second', { mesh: fixture.mesh, name: 'second' })).toThrow("second Namespace 'istio-ingress'");
});
