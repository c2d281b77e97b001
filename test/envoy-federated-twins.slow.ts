import { exampleOutput } from './examples/example';
import { Twin } from './support/twin';
import { ENVOY_RULES } from '../src/checks/rules/envoy';
import { FED_RULES } from '../src/checks/rules/fed';

const RULES = [...ENVOY_RULES, ...FED_RULES];
const conf = (cluster: string, name: string, from: RegExp, to: string) => (twin: Twin) => twin.edit(cluster, 'ConfigMap', name, ({ data }) => {
  const [key] = Object.keys(data);
  expect(data[key]).toMatch(from);
  data[key] = data[key].replace(from, to);
});
const caller = (from: RegExp, to: string) => conf('us', 'web-envoy', from, to);
const called = (from: RegExp, to: string) => conf('eu', 'orders-envoy', from, to);
const loadBalancer = (port: number) => (twin: Twin) => twin.add('eu', {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'orders', namespace: 'shop', annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'orders.eu.example.org' } },
  spec: { type: 'LoadBalancer', selector: { app: 'orders' }, ports: [{ name: 'https', port, targetPort: 8443 }] },
});
const apart = (cluster: string) => (twin: Twin) => twin.editAll(cluster, 'ClusterSPIFFEID', ({ spec }) => { delete spec.federatesWith; });

/** Each field in which two static Envoys and their SPIREs have to agree: what goes wrong with it by hand, and the rule that sees it. */
const TWINS: [field: string, change: (twin: Twin) => void, rule: string][] = [
  ['the caller takes another bundle', caller(/name: ROOTCA/g, 'name: spiffe://us.example.org'), 'FED-ENVOY-BUNDLE'],
  ['the caller asks by a name that agents do not know', caller(/name: ROOTCA/g, 'name: ALL'), 'FED-ENVOY-BUNDLE'],
  ['the called asks by a name that agents do not know', called(/name: ROOTCA/g, 'name: ALL'), 'FED-ENVOY-BUNDLE'],
  ['agents have SPIRE\'s own SDS names', conf('us', 'spire-agent', /\n +sds \{[^}]*\}/, ''), 'FED-ENVOY-BUNDLE'],
  ['who has to answer is of another trust domain', caller(/exact: spiffe:\/\/eu\.example\.org/g, 'exact: spiffe://eu.example.com'), 'ENVOY-TRUST-DOMAIN'],
  ['who has to answer is of the own trust domain', caller(/exact: spiffe:\/\/eu\.example\.org/g, 'exact: spiffe://us.example.org'), 'FED-SAN'],
  ['who has to answer is nobody', caller(/sa\/orders/g, 'sa/order'), 'FED-SAN'],
  ['who may call is of another trust domain', called(/spiffe:\/\/us\.example\.org\/ns/g, 'spiffe://us.example.com/ns'), 'ENVOY-TRUST-DOMAIN'],
  ['the caller shows an identity that it does not have', caller(/name: spiffe:\/\/us\.example\.org\/ns\/shop\/sa\/web/g, 'name: spiffe://us.example.org/ns/shop/sa/shop'),
    'ENVOY-IDENTITY'],
  ['the caller does not federate', apart('us'), 'FED-UNUSED'],
  ['the called does not federate', apart('eu'), 'FED-UNUSED'],
  ['the load balancer has another port', loadBalancer(443), 'FED-ENVOY-ADDRESS'],
  ['the relation of the caller is missing', (twin) => twin.remove('us', 'ClusterFederatedTrustDomain', 'eu.example.org'), 'FED-UNKNOWN-PARTNER'],
  ['the relation of the called is missing', (twin) => twin.remove('eu', 'ClusterFederatedTrustDomain', 'us.example.org'), 'FED-ONE-WAY'],
];

const files = exampleOutput('envoy-federated').files;

test('as written there is nothing to find, in both clusters and in each', () => {
  const twin = new Twin(files);
  expect([twin, twin.only('eu'), twin.only('us')].map((one) => one.findings(RULES))).toEqual([[], [], []]);
});

test('a load balancer with the port that is called is right', () => {
  const twin = new Twin(files);
  loadBalancer(8443)(twin);
  expect(twin.findings(RULES)).toEqual([]);
});

test.each(TWINS)('a twin is caught: %s', (_, change, rule) => {
  const twin = new Twin(files);
  change(twin);
  expect(twin.findings(RULES)).toContain(rule);
});
