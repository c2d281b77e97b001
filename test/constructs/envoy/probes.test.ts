import { JsonPatch } from 'cdk8s';
import { bootstrapOf, EnvoyFixture, SPIFFE_ID, written } from './fixture';
import { GitOpsApp } from '../../../src';

const INBOUND = { port: 8443, applicationPort: 8080, callers: [SPIFFE_ID] };
const CONTAINER = '/spec/template/spec/containers/0';
const probes = (given: { [kind: string]: any }) => [
  JsonPatch.add(`${CONTAINER}/ports`, [{ name: 'http', containerPort: 8080 }, { name: 'mtls', containerPort: 8443 }]),
  ...Object.entries(given).map(([kind, probe]) => JsonPatch.add(`${CONTAINER}/${kind}`, probe)),
];

function outputOf(given: { [kind: string]: any }) {
  const output = written((app) => {
    const fixture = new EnvoyFixture(app);
    fixture.sidecar('web', { workload: fixture.deployment('web', ...probes(given)), inbound: [INBOUND] });
  });
  const [container] = output.object('Deployment', 'web').spec.template.spec.containers;
  const [{ filters }] = bootstrapOf(output, 'web').static_resources.listeners.at(-1).filter_chains;
  const routes = filters[0].typed_config.route_config.virtual_hosts[0].routes.slice(2);
  return { container, routes };
}

test('probes of an application behind the proxy go by the proxy, for their own path only', () => {
  const { container, routes } = outputOf({
    startupProbe: { httpGet: { port: 8080, host: '' }, failureThreshold: 30 },
    readinessProbe: { httpGet: { path: 'ready?full=1', port: 'http', httpHeaders: [{ name: 'x', value: 'y' }] } },
  });
  expect([container.startupProbe, container.readinessProbe]).toEqual([
    { httpGet: { path: '/probes/web/startupProbe', port: 15021, host: '' }, failureThreshold: 30 },
    { httpGet: { path: '/probes/web/readinessProbe?full=1', port: 15021, httpHeaders: [{ name: 'x', value: 'y' }] } },
  ]);
  const headers = [{ name: ':method', string_match: { exact: 'GET' } }];
  expect(routes).toEqual([
    { match: { path: '/probes/web/startupProbe', headers }, route: { cluster: 'inbound_8443', prefix_rewrite: '/' } },
    { match: { path: '/probes/web/readinessProbe', headers }, route: { cluster: 'inbound_8443', prefix_rewrite: '/ready' } },
  ]);
});

test.each<[string, any]>([
  ['of another port', { httpGet: { path: '/', port: 9090 } }],
  ['by TLS of the application itself', { httpGet: { path: '/', port: 8080, scheme: 'HTTPS' } }],
  ['of another host', { httpGet: { path: '/', port: 8080, host: 'example.org' } }],
  ['of another host at the port that the proxy has here', { httpGet: { path: '/', port: 8443, host: 'example.org' } }],
  ['by TCP', { tcpSocket: { port: 8080 } }],
  ['by a command', { exec: { command: ['true'] } }],
])('a probe %s stays as it is', (_, probe) => {
  const { container, routes } = outputOf({ livenessProbe: probe });
  expect([container.livenessProbe, routes]).toEqual([probe, []]);
});

test.each([8443, 'mtls'])('fails for a probe of port %s, which is that of the proxy', (port) => {
  const fixture = new EnvoyFixture(new GitOpsApp());
  const workload = fixture.deployment('web', ...probes({ readinessProbe: { httpGet: { path: '/', port } } }));
  expect(() => fixture.sidecar('web', { workload, inbound: [INBOUND] })).toThrow("readinessProbe of container 'web' of 'shop/web' asks port 8443, where the proxy "
    + 'takes nobody without a certificate: ask port 8080 of the application, the proxy hands that on');
});
