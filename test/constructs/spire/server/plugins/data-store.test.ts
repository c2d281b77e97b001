import { DataStore, SecretRef } from '../../../../../src';

test('only a database of its own service is shared', () => {
  expect(DataStore.sqlite().shared).toBe(false);
  expect(DataStore.postgres({ host: 'db', database: 'spire', credentials: SecretRef.of('db') }).shared).toBe(true);
});
