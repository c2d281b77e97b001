import { Problems } from '../../../../src/model/spire/problems';
import { readServerConfig } from '../../../../src/model/spire/server';

function refusals(connectionString: string, type = 'sqlite3'): string[] {
  const problems = new Problems();
  readServerConfig(`
server {
  trust_domain = "example.org"
  bind_address = "0.0.0.0"
  bind_port = 8081
  data_dir = "/run/spire/data"
}
plugins {
  DataStore "sql" {
    plugin_data {
      database_type = "${type}"
      connection_string = ${JSON.stringify(connectionString)}
    }
  }
  KeyManager "memory" {
    plugin_data {}
  }
}`, problems);
  return problems.list.filter(({ severity }) => severity === 'refused').map(({ message }) => message);
}

test.each(['/run/spire/data/datastore.sqlite3', 'data.db', './a:b/data.db', 'file::memory:?cache=shared', 'file:/run/data.db?mode=memory&cache=shared', '/run/a%20b.db', 'a b.db', '/run/a.db?_busy_timeout=5000&_sync=FULL', '/run/a.db?_fk=', '/run/a.db?_query_only=0&vfs=unix-none', '/run/a.db?_loc=auto', '/run/a.db?_rt=yes&_recursive_triggers=5', '/run/a.db?_sync=1&_sync=x', '/run/a.db?_loc=Europe/Berlin'])('sqlite3 takes %s', (value) => {
  expect(refusals(value)).toEqual([]);
});

test.each([
  ['spire@tcp(db:3306)/spire?parseTime=true', /colon before the first slash/],
  [':memory:', /no scheme before the colon/],
  ['postgres://db/spire', /scheme "postgres"/],
  ['/run/spire/data/', /folder/],
  ['/run/a.db#b', /a #/],
  ['/run/a.db?_busy_timeout=5s', /_busy_timeout=5s/],
  ['/run/a.db?mode=memoy', /mode=memoy/],
  ['/run/a.db?_stmt_cache_size=-1', /_stmt_cache_size=-1/],
  ['/run/a.db?vfs=windows', /vfs=windows/],
  ['/run/a.db?_auth&_auth_user=a', /_auth without _auth_pass/],
  ['/run/a.db?_query_only=1', /has _query_only=1, with which nothing can be written/],
  ['/run/a.db?mode=ro', /has mode=ro/],
  ['/run/a.db?cache=on', /has cache=on/],
  ['/run/a.db?mode=', /has mode=, which/],
  ['/run/a.db?_loc=Nowhere', /_loc=Nowhere, which is no time zone/],
  ['file::memory:', /database in memory, of which each connection has its own/],
  ['file:/run/a.db?mode=memory&cache=private', /database in memory/],
  ['/run/a.db?immutable=true', /has immutable=true/],
  ['/run/100%.db', /% that no two hexadecimal digits follow/],
])('fails when the connection string of sqlite3 is %s', (value, message) => {
  expect(refusals(value)).toEqual([expect.stringMatching(message)]);
});

const NAMED = '?parseTime=true';

test.each([
  `u:p@tcp(db:3306)/spire${NAMED}`, `u:p/q@r@tcp(db:3306)/spire${NAMED}`, `u:p@unix(/run/mysql.sock)/spire${NAMED}`, `u:p@/spire${NAMED}`, `u:p@tcp/spire${NAMED}`, `tcp([::1]:3306)/spire${NAMED}`,
  `u:p@(db)/spire${NAMED}&tls=skip-verify&timeout=5s`, `u:p@cloudsql(a:b:c)/spire${NAMED}&unknown=1`, `u:p@tcp(db)/a%2Fb${NAMED}`,
])('mysql takes %s', value => expect(refusals(value, 'mysql')).toEqual([]));

test.each([
  [`u:p@db:3306/spire${NAMED}`, /connection_string has its address outside of tcp\(…\)$/],
  [`mysql://u:p@db:3306/spire${NAMED}`, /has its address outside of tcp/],
  [`u:p@tcp(db:3306/spire${NAMED}`, /parenthesis is not closed/],
  [`u:p@tcp(db:3306) /spire${NAMED}`, /something between the address and the slash/],
  [`u:p@TCP(db:3306)/spire${NAMED}`, /unknown network/],
  [`u:p@tcp(db)/spire${NAMED}&tls=custom`, /has tls=custom, which the driver does not take/],
  [`u:p@tcp(db)/spire${NAMED}&timeout=5`, /has timeout=5/],
  [`u:p@tcp(db)/spire${NAMED}&parseTime=yes`, /has parseTime=yes/],
  [`u:p@tcp(db)/spire${NAMED}&parseTime=0`, /lacks parseTime=true/],
  [`u:p@tcp(db)/spire${NAMED}&sql_mode=%zz`, /has sql_mode=%zz/],
  [`u:p@tcp(db)/spire${NAMED}&loc=CET1`, /has loc=CET1/],
  [`u:p@tcp(db)/spire${NAMED}&multiStatements=yes`, /has multiStatements=yes/],
])('fails when the connection string of mysql is %s', (value, message) => {
  expect(refusals(value, 'mysql')).toEqual([expect.stringMatching(message)]);
});

test.each([
  'host=db port=5432 dbname=spire user=u password=p sslmode=verify-full', 'host = db user= u', 'host=db password=\'a b\' sslmode=prefer', 'host=a,b port=1,2', 'host= dbname=x', 'host=db password=a\\ b', '  host=db  ',
  'postgres://u:p@db:5432/spire?sslmode=disable', 'host=db binary_parameters=yes hostaddr=10.0.0.1,::1', 'postgres://u@h/d?sslmode=%zz', 'postgresql://u:p%2Fq@db/spire?sslrootcert=/a&sslmode=verify-ca', 'host=db client_encoding=UTF-8 connect_timeout=5 user=',
])('postgres takes %s', value => expect(refusals(value, 'postgres')).toEqual([]));

test.each([
  ['spire', /neither a list of key=value nor a postgres:\/\/ URL$/],
  ['jdbc:postgresql://db/spire', /neither a list of key=value/],
  ['u:p@tcp(db:5432)/spire', /neither a list of key=value/],
  ['host=db password=a b', /neither a list of key=value/],
  ['host=db password=\'a b', /quote that is not closed/],
  ['host=db sslmode=Require', /sslmode=Require, which the driver does not take/],
  ['host=db port=54320000', /port=54320000/],
  ['host=db hostaddr=db', /hostaddr=db/],
  ['host=db ssl_min_protocol_version=1.2', /ssl_min_protocol_version=1.2/],
  ['postgres://u:p@db:5432/spire?sslmode=on', /sslmode=on/],
  ['postgres://u:p@db:99999/spire', /port=99999/],
  ['postgres://u:secret/q@db/spire', /^DataStore "sql": connection_string is no URL that can be parsed: what is special in the password has to be escaped$/],
])('fails when the connection string of postgres is %s', (value, message) => {
  expect(refusals(value, 'postgres')).toEqual([expect.stringMatching(message)]);
});

const UNKNOWN = '\uE000';

test.each([
  ['mysql', `u:${UNKNOWN}@tcp(db)/spire?parseTime=true`], ['mysql', `u:p@${UNKNOWN}/spire?parseTime=true`], ['mysql', UNKNOWN], ['mysql', `u:p@tcp(db)/spire?parseTime=true&tls=${UNKNOWN}`],
  ['postgres', UNKNOWN], ['postgres', `host=db ${UNKNOWN}`], ['postgres', `host=${UNKNOWN} port=${UNKNOWN} sslmode=${UNKNOWN}`], ['postgres', `postgres://u:${UNKNOWN}@db:${UNKNOWN}/spire`],
])('what only the container knows is not judged: %s %s', (type, value) => expect(refusals(value, type)).toEqual([]));

test('fails for what is written beside it', () => {
  expect(refusals(`u:${UNKNOWN}@db/spire?parseTime=true`, 'mysql')).toEqual([expect.stringMatching(/outside of tcp/)]);
  expect(refusals(`host=db password=${UNKNOWN} sslmode=no`, 'postgres')).toEqual([expect.stringMatching(/sslmode=no/)]);
});
