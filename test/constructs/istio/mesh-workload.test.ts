import { MeshWorkload, TrustDomain, WorkloadIdentity } from '../../../src';

test('is known by namespace, principal and name', () => {
  const identity = WorkloadIdentity.of({ trustDomain: TrustDomain.of('example.org'), namespace: 'shop', serviceAccount: 'web' });
  const labels = { app: 'web' };
  const workload = new MeshWorkload({ identity, name: 'web-v1', podLabels: labels, matchLabels: labels, ports: [8080] });
  expect([workload.namespace, workload.principal, `${workload}`]).toEqual(['shop', 'example.org/ns/shop/sa/web', 'shop/web-v1']);
  labels.app = 'changed';
  expect([workload.podLabels, workload.matchLabels]).toEqual([{ app: 'web' }, { app: 'web' }]);
});
