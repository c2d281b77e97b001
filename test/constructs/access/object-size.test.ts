import { ApiObject, Testing } from 'cdk8s';
import { sizeErrors } from '../../../src/constructs/access/object-size';

const object = (kind: string, length: number) =>
  new ApiObject(Testing.chart(), 'object', { apiVersion: 'v1', kind, metadata: { name: 'a', namespace: 'shop' }, spec: 'ä'.repeat(length) });

test('counts bytes, not characters, and leaves ConfigMaps to themselves', () => {
  expect(sizeErrors([object('NetworkPolicy', 130_000), object('ConfigMap', 400_000)])).toEqual([]);
  expect(sizeErrors([object('NetworkPolicy', 132_000)])).toEqual([
    "NetworkPolicy 'a' in namespace 'shop' would have 264095 bytes, of 262144 that fit into the copy that kubectl apply and Argo CD keep: "
    + 'name callers by their namespace (AccessSource.namespace), or split what is called',
  ]);
});
