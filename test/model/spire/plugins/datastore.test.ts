import { Problems } from '../../../../src/model/spire/problems';
import { readServerConfig } from '../../../../src/model/spire/server';

function refusals(connectionString: string): string[] {
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
      database_type = "sqlite3"
      connection_string = ${JSON.stringify(connectionString)}
    }
  }
  KeyManager "memory" {
    plugin_data {}
  }
}`, problems);
  return problems.list.filter(({ severity }) => severity === 'refused').map(({ message }) => message);
}

test.each(['/run/spire/data/datastore.sqlite3', 'data.db', './a:b/data.db', 'file:/run/data.db?mode=memory', '/run/a%20b.db', 'a b.db'])('sqlite3 takes %s', (value) => {
  expect(refusals(value)).toEqual([]);
});

test.each([
  ['spire@tcp(db:3306)/spire?parseTime=true', /colon before the first slash/],
  [':memory:', /no scheme before the colon/],
  ['postgres://db/spire', /scheme "postgres"/],
  ['/run/spire/data/', /folder/],
  ['/run/100%.db', /% that no two hexadecimal digits follow/],
])('fails when the connection string of sqlite3 is %s', (value, message) => {
  expect(refusals(value)).toEqual([expect.stringMatching(message)]);
});
