import { DataStore, FileRef, SecretRef } from '../../../../../../src';
import { configured } from '../../../plugins/pods';

const postgres = { host: 'db.example.org', database: 'spire', credentials: SecretRef.of('db') };

test('the certificate authority is mounted where the connection string says', () => {
  const { lines, pod } = configured(DataStore.postgres({ ...postgres, certificateAuthority: FileRef.secret(SecretRef.of('ca'), 'ca.crt') })._plugin());
  expect(lines.join()).toContain('sslrootcert=/run/spire/server/files/secrets/ca/ca.crt');
  expect(pod.volumeMounts).toEqual([{ name: 'secret-ca', mountPath: '/run/spire/server/files/secrets/ca', readOnly: true }]);
});

test('with IAM there is no password', () => {
  const { lines, pod } = configured(DataStore.awsPostgres({ host: 'db', database: 'spire', region: 'eu-west-1', user: 'spire' })._plugin());
  expect(lines.slice(0, 3)).toEqual(['database_type "aws_postgres" {', 'region = "eu-west-1"', '}']);
  expect([lines.join().includes('password'), pod.env]).toEqual([false, []]);
});

test.each([
  ['a host with a space', () => DataStore.postgres({ ...postgres, host: 'db example' }), "host 'db example' cannot stand in a connection string"],
  ['a user with a quote', () => DataStore.awsPostgres({ ...postgres, region: 'r', user: "o'r" }), "user 'o'r' cannot stand in a connection string"],
  ['a port that is none', () => DataStore.postgres({ ...postgres, port: 0 }), 'port 0 is not possible'],
  ['no connections', () => DataStore.postgres({ ...postgres, maxOpenConnections: 0 }), 'maxOpenConnections 0 is not possible: give a whole number from 1'],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test('a certificate authority that everybody knows is a text in the ConfigMap', () => {
  const { lines, pod } = configured(DataStore.postgres({ ...postgres, certificateAuthority: FileRef.text('PEM') })._plugin());
  expect(lines.join()).toContain('sslrootcert=/run/spire/server/config/datastore-ca.crt');
  expect(pod.texts).toEqual({ 'datastore-ca.crt': 'PEM' });
});

test('fails for a Secret where a file of it is meant', () => {
  expect(() => DataStore.postgres({ ...postgres, certificateAuthority: SecretRef.of('ca') as any }))
    .toThrow('certificateAuthority of DataStore.postgres is a SecretRef: give a FileRef');
});
