import { Duration } from 'cdk8s';
import { DataStore, KeyType, LogLevel, SecretRef, TrustDomain } from '../../../../src';
import { SpireServerConfig } from '../../../../src/constructs/spire/server/config';
import { KeyManager } from '../../../../src/constructs/spire/server/plugins/key-manager';
import { SpireServerProps } from '../../../../src/constructs/spire/server/spire-server-props';
import { serverPod } from '../plugins/pods';

const render = (props: SpireServerProps) => new SpireServerConfig(TrustDomain.of('example.org'), props, [], serverPod()).render();
const serverBlock = (props: SpireServerProps) => render(props).split('\n}\n')[0];

test('the server block has every fact, and says why lifetimes are short', () => {
  expect(serverBlock({})).toBe(`server {
  trust_domain = "example.org"
  bind_address = "0.0.0.0"
  bind_port = 8081
  socket_path = "/run/spire/server/private/api.sock"
  data_dir = "/run/spire/server/data"
  log_level = "INFO"
  log_format = "json"
  audit_log_enabled = true
  # no SVID lives longer than one sixth of the CA: a longer one would be cut short late in the CA's life
  ca_ttl = "24h"
  default_x509_svid_ttl = "1h"
  default_jwt_svid_ttl = "5m"`);
});

test('every property reaches its key', () => {
  const text = render({
    caTtl: Duration.days(7),
    x509SvidTtl: Duration.hours(2),
    jwtSvidTtl: Duration.minutes(90),
    agentTtl: Duration.hours(12),
    caKeyType: KeyType.EC_P384,
    jwtKeyType: KeyType.RSA_2048,
    jwtIssuer: 'https://oidc.example.org',
    caSubject: { country: 'DE', organization: 'Example', commonName: 'SPIRE' },
    auditLog: false,
    logLevel: LogLevel.DEBUG,
  });
  for (const line of [
    'ca_ttl = "168h"', 'default_x509_svid_ttl = "2h"', 'default_jwt_svid_ttl = "1h30m"', 'agent_ttl = "12h"', 'ca_key_type = "ec-p384"',
    'jwt_key_type = "rsa-2048"', 'jwt_issuer = "https://oidc.example.org"', 'audit_log_enabled = false', 'log_level = "DEBUG"',
    'ca_subject {\n    country = ["DE"]\n    organization = ["Example"]\n    common_name = "SPIRE"\n  }',
  ]) {
    expect(text).toContain(line);
  }
});

test('metrics are reachable and both probes are on', () => {
  expect(render({})).toContain(`telemetry {
  Prometheus {
    # any address but localhost, so that Prometheus can scrape the pod
    host = "0.0.0.0"
    port = 9988
  }
}
health_checks {
  listener_enabled = true
  bind_address = "0.0.0.0"
  bind_port = "8080"
  live_path = "/live"
  ready_path = "/ready"
}
`);
});

test('a password comes from the environment and the file is read with -expandEnv', () => {
  const store = DataStore.postgres({ host: 'db.example.org', database: 'spire', credentials: SecretRef.of('spire-db') });
  const config = new SpireServerConfig(TrustDomain.of('example.org'), {}, [store._plugin(), KeyManager.disk()._plugin()], serverPod());
  expect(config.expandEnv).toBe(true);
  expect(config.render()).toContain(
    'connection_string = "host=db.example.org port=5432 dbname=spire sslmode=verify-full user=${DATASTORE_USERNAME} password=${DATASTORE_PASSWORD}"');
});

test('fails for an X.509-SVID that outlives one sixth of its CA', () => {
  expect(() => render({ x509SvidTtl: Duration.hours(6) })).toThrow(
    'X.509-SVID TTL 6h exceeds 4h, one sixth of the CA TTL (24h): lower it or raise caTtl');
});

test('fails for a default that a short CA would cut', () => {
  expect(() => render({ caTtl: Duration.hours(1) })).toThrow('X.509-SVID TTL 1h exceeds 10m, one sixth of the CA TTL (1h): lower it or raise caTtl');
});

test('fails for an SVID over seven days, however long the CA lives', () => {
  expect(() => render({ caTtl: Duration.days(90), jwtSvidTtl: Duration.days(8) })).toThrow(
    'JWT-SVID TTL 192h exceeds 168h, the seven days that SPIRE keeps free: lower it or raise caTtl');
});

test('fails for a lifetime of zero', () => {
  expect(() => render({ agentTtl: Duration.seconds(0) })).toThrow('agent SVID TTL is 0s: give a duration greater than zero, or leave it out for the default');
});

test('fails for an issuer that nobody can fetch keys from', () => {
  expect(() => render({ jwtIssuer: 'oidc.example.org' })).toThrow(
    "jwtIssuer 'oidc.example.org' is no https URL without user, query and fragment: relying parties fetch the keys from it, use one such as 'https://oidc.example.org'");
});

test.each([
  [{ organization: '' }, 'organization of caSubject is empty'],
  [{ organization: 'a', commonName: ' ' }, 'commonName of caSubject is empty'],
  [{ organization: 'a', country: 'Germany' }, "country 'Germany' of caSubject is no country code: use two upper-case letters, such as 'DE'"],
])('fails for the subject %j', (caSubject, message) => {
  expect(() => render({ caSubject })).toThrow(message);
});
