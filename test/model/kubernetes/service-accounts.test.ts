import { runningAs } from '../../../src/model/kubernetes/service-accounts';
import { systemOf } from '../system-of';

const pod = (name: string, namespace: string, account: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {serviceAccountName: ${account}}\n`;

test('workloads are found by their service account and its namespace', () => {
  const text = [pod('a', 'shop', 'cart'), pod('b', 'shop', 'cart'), pod('c', 'shop', '""'), pod('d', 'bank', 'cart')].join('---\n');
  const system = systemOf(text);
  const names = (namespace: string, account: string): string[] => runningAs(system, namespace, account).map(({ name }) => name);
  expect([names('shop', 'cart'), names('shop', 'default'), names('bank', 'cart'), names('bank', 'default')]).toEqual([['a', 'b'], ['c'], ['d'], []]);
});
