import { Duration } from 'cdk8s';
import { requireSqlOptions, requireWord } from '../../../../../../src/constructs/spire/server/plugins/data-store/sql-options';

const SQL = { host: 'db.example.org', database: 'spire' };

test('fails for limits that are none', () => {
  expect(() => requireSqlOptions({ ...SQL, maxIdleConnections: -1 }, undefined)).toThrow('maxIdleConnections -1 is not possible: give a whole number from 0');
  expect(() => requireSqlOptions({ ...SQL, connectionMaxLifetime: Duration.seconds(0) }, undefined)).toThrow('connectionMaxLifetime is 0s');
  expect(() => requireSqlOptions({ ...SQL, maxOpenConnections: 5, maxIdleConnections: 6 }, undefined)).toThrow('maxIdleConnections 6 exceeds maxOpenConnections 5');
  expect(() => requireSqlOptions(SQL, 0)).toThrow('port 0 is not possible');
  expect(() => requireWord('host', 'a;b')).toThrow("host 'a;b' cannot stand in a connection string: use letters, digits, '.', '-' and '_'");
});
