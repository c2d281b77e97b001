import { DataStore, FileRef, SecretRef } from '../../../../../../src';
import { configured } from '../../../plugins/pods';

const mysql = { host: 'db.example.org', database: 'spire', credentials: SecretRef.of('db') };

test('times are parsed, and TLS is verified with or without an authority of one\'s own', () => {
  expect(configured(DataStore.mysql(mysql)._plugin()).lines[1]).toContain('?parseTime=true&tls=true"');
  expect(configured(DataStore.mysql({ ...mysql, certificateAuthority: FileRef.configMap('ca', 'ca.crt') })._plugin()).lines).toEqual([
    'database_type = "mysql"',
    'connection_string = "${DATASTORE_USERNAME}:${DATASTORE_PASSWORD}@tcp(db.example.org:3306)/spire?parseTime=true"',
    'root_ca_path = "/run/spire/server/files/config-maps/ca/ca.crt"',
  ]);
});

test('fails for a database with a slash', () => {
  expect(() => DataStore.mysql({ ...mysql, database: 'a/b' })).toThrow("database 'a/b' cannot stand in a connection string");
});
