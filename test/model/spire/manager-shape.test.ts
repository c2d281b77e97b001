import { typeFaults } from '../../../src/model/spire/manager-shape';

const faults = (value: object): string[] => typeFaults(value as never).map(({ path, wanted }) => `${path.join('.')}: ${wanted}`);

test('what the controller manager reads has the types of its keys', () => {
  expect(faults({
    clusterName: 'a', gcInterval: 1, watchClassless: true, ignoreNamespaces: ['a'], reconcile: { clusterSPIFFEIDs: false }, syncPeriod: '1h', cacheNamespaces: { a: null, b: { labelSelectors: { c: 'd' } } }, controller: { groupKindConcurrency: { 'Pod.': 2 }, recoverPanic: true }, webhook: null, other: 1,
  })).toEqual([]);
});

test('a word that YAML 1.1 takes for a boolean is one', () => expect(faults({ watchClassless: 'yes' })).toEqual([]));

test.each([
  [{ clusterName: 5 }, 'clusterName: a text'], [{ watchClassless: 'true' }, 'watchClassless: true or false'], [{ gcInterval: 1.5 }, 'gcInterval: a whole number'],
  [{ ignoreNamespaces: 'kube-system' }, 'ignoreNamespaces: a list of texts'], [{ ignoreNamespaces: [1] }, 'ignoreNamespaces: a list of texts'], [{ syncPeriod: '1d' }, 'syncPeriod: a duration such as "1h"'],
  [{ controller: { groupKindConcurrency: { 'Pod.': '2' } } }, 'controller.groupKindConcurrency: an object of whole numbers'],
  [{ cacheNamespaces: { a: 'b' } }, 'cacheNamespaces: an object of namespaces, each with labelSelectors and fieldSelectors of texts'],
  [{ cacheNamespaces: { a: { labelSelectors: { b: 1 } } } }, 'cacheNamespaces: an object of namespaces, each with labelSelectors and fieldSelectors of texts'],
  [{ metrics: ':8082' }, 'metrics: an object'], [{ leaderElection: { leaderElect: 'true' } }, 'leaderElection.leaderElect: true or false'],
])('fails for %j', (value, fault) => {
  expect(faults(value)).toEqual([fault]);
});
