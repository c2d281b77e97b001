import { ApiObject, Testing } from 'cdk8s';
import { openNamespaces } from '../../../../src/constructs/access/report/open-namespaces';

const namespace = (labels: { [key: string]: string } = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'istio-cni', labels } });
const policy = (spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'a', namespace: 'istio-cni' }, spec });
const cilium = (spec: object) => ({ ...policy(spec), apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' });

function open(...manifests: any[]): string[] {
  const chart = Testing.chart();
  return openNamespaces(manifests.map((manifest, index) => new ApiObject(chart, `${index}`, manifest)));
}

test('a namespace without proxies and without a policy is open', () => {
  expect(open(namespace())).toEqual(['istio-cni']);
});

test.each<{ [label: string]: string }>([{ 'istio-injection': 'enabled' }, { 'istio.io/rev': 'canary' }, { 'istio.io/dataplane-mode': 'ambient' }])('the mesh closes namespaces with %j', (labels) => {
  expect(open(namespace(labels))).toEqual([]);
});

test.each([
  policy({ podSelector: {} }),
  policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [] }),
  policy({ podSelector: { matchLabels: {} }, ingress: [{ from: [{ podSelector: {} }] }] }),
  cilium({ endpointSelector: {}, ingress: [{}] }),
])('a policy for what comes to all pods closes it: %j', (closing) => {
  expect(open(namespace(), closing)).toEqual([]);
});

test.each([
  policy({ podSelector: { matchLabels: { app: 'istiod' } } }),
  policy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }),
  policy({ podSelector: {}, policyTypes: ['Egress'], egress: [] }),
  cilium({ endpointSelector: {}, egress: [{}] }),
  cilium({ nodeSelector: {}, ingress: [{}] }),
  { ...policy({ podSelector: {} }), metadata: { name: 'a', namespace: 'other' } },
])('other policies do not: %j', (other) => {
  expect(open(namespace(), other)).toEqual(['istio-cni']);
});
