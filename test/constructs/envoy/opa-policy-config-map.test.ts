import { OpaPolicyConfigMap } from '../../../src';

test('it is known by namespace and name', () => {
  const policy = OpaPolicyConfigMap.of({ name: 'orders-policy', namespace: 'shop' });
  expect([policy.name, policy.namespace, policy.toString()]).toEqual(['orders-policy', 'shop', 'shop/orders-policy']);
});

test('fails for names that Kubernetes does not take', () => {
  expect(() => OpaPolicyConfigMap.of({ name: 'Orders Policy', namespace: 'shop' })).toThrow(/Orders Policy/);
  expect(() => OpaPolicyConfigMap.of({ name: 'orders-policy', namespace: 'Shop' })).toThrow(/Shop/);
});
