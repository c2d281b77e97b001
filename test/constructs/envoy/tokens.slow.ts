import { createSign, generateKeyPairSync, KeyObject } from 'node:crypto';
import { createServer as createHttpServer, get as getHttp, Server } from 'node:http';
import { createServer, request } from 'node:https';
import { AddressInfo } from 'node:net';
import { bootstrapOf, EnvoyFixture, written } from './fixture';
import { AccessEnforcer, AccessSource, TokenIssuer } from '../../../src';
import { Certificate, certificates } from '../../support/certificates';
import { describeWithEnvoy, startEnvoy } from '../../support/envoy';

const ADDRESS = '127.50.0.1';
const LOGIN = 'https://login.example.com';
const ID = 'URI:spiffe://example.org/ns/shop/sa';

type Answer = number | 'refused';
type Call = (who: 'web' | 'job' | 'stranger', path: string, token?: string) => Promise<Answer>;
type Claims = { readonly [name: string]: unknown };

function keyPair(): { readonly privateKey: KeyObject; readonly jwks: (kid: string) => string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, jwks: (kid) => JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] }) };
}

function sign(privateKey: KeyObject, claims: Claims, kid = 'login'): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: 'RS256', kid })}.${part({ iat: now, exp: now + 600, ...claims })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/**
 * The bootstrap of `orders` with certificates of the test in the place of SPIRE, at an address of its own.
 */
function bootstrap(keysPort: number, applicationPort: number, authority: string, own: Certificate): any {
  const issuer = TokenIssuer.of({ issuer: LOGIN, jwksUri: `https://localhost:${keysPort}/keys`, audiences: ['shop'] });
  const made = bootstrapOf(written((app) => {
    const fixture = new EnvoyFixture(app);
    const orders = fixture.sidecar('orders', { inbound: [{ port: 8443, applicationPort }] });
    const called = { name: 'orders', localPort: 9001, host: 'orders.shop.svc', port: 8443, spiffeId: orders.identity.spiffeId };
    const [web, job] = ['web', 'job'].map((name) => fixture.sidecar(name, { upstreams: [called] }));
    const access = fixture.access({ enforcers: [AccessEnforcer.envoyRbac()] });
    const call = { destination: orders.workload, port: 8443 };
    access.allow({ ...call, source: job, paths: ['/orders*'] });
    access.allow({ ...call, source: AccessSource.token({ issuer, subjects: ['ann'], through: web }), paths: ['/orders*'] });
    access.allow({ ...call, source: AccessSource.token({ issuer, claims: { scope: ['orders:read'] }, through: web }), paths: ['/scoped'] });
    access.deny({ ...call, source: AccessSource.token({ issuer, claims: { groups: ['banned'] }, through: web }) });
  }), 'orders');
  made.admin.address.socket_address.address = ADDRESS;
  const resources = made.static_resources;
  resources.listeners.forEach((listener: any) => listener.address.socket_address.address = ADDRESS);
  resources.clusters = resources.clusters.filter(({ name }: any) => name !== 'spire_agent');
  const cluster = (prefix: string) => resources.clusters.find(({ name }: any) => name.startsWith(prefix));
  cluster('admin').load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address.address = ADDRESS;
  const trusted = { trusted_ca: { inline_string: authority } };
  Object.assign(cluster('jwks_').transport_socket.typed_config.common_tls_context.validation_context, trusted);
  const tls = resources.listeners[0].filter_chains[0].transport_socket.typed_config.common_tls_context;
  tls.validation_context = { ...tls.combined_validation_context.default_validation_context, ...trusted };
  tls.tls_certificates = [{ certificate_chain: { inline_string: own.cert }, private_key: { inline_string: own.key } }];
  delete tls.combined_validation_context;
  delete tls.tls_certificate_sds_secret_configs;
  return made;
}

async function isReady(): Promise<boolean> {
  return new Promise((resolve) => void getHttp(`http://${ADDRESS}:15021/ready`, (response) => resolve(response.resume().statusCode === 200))
    .on('error', () => resolve(false)));
}

async function ask(client: Certificate, path: string, token?: string): Promise<Answer> {
  return new Promise((resolve) => void request({
    host: ADDRESS, port: 8443, path, ...client, rejectUnauthorized: false, agent: false, headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  }, (response) => resolve(response.resume().statusCode!)).on('error', () => resolve('refused')).end());
}

jest.setTimeout(60_000);

describeWithEnvoy('Envoy', () => {
  const [login, evil] = [keyPair(), keyPair()];
  const ANN = { iss: LOGIN, aud: 'shop', sub: 'ann' };

  /**
   * Runs with the host of the keys as `host` names it.
   */
  async function run(host: string, checks: (call: Call) => Promise<void>): Promise<void> {
    const { authority, issued } = certificates({ orders: `${ID}/orders`, web: `${ID}/web`, job: `${ID}/job`, stranger: `${ID}/stranger`, keys: host });
    const keys = createServer(issued.keys, (_, response) => void response.end(login.jwks('login')));
    const application = createHttpServer((_, response) => void response.end('ok'));
    const stop = startEnvoy(bootstrap(await listening(keys), await listening(application), authority, issued.orders));
    try {
      for (let tries = 0; !await isReady(); tries += 1) {
        expect(tries).toBeLessThan(100);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await checks((who, path, token) => ask(issued[who], path, token));
    } finally {
      await stop();
      [keys, application].forEach((server) => {
        server.closeAllConnections();
        server.close();
      });
    }
  }

  test('lets those in whose tokens and certificates the statements name', async () => {
    await run('DNS:localhost', async (call) => {
      const token = (claims: Claims, key = login.privateKey, kid?: string) => sign(key, { ...ANN, ...claims }, kid);
      const ann = token({});
      const answers = {
        'her token': [200, await call('web', '/orders/1', ann)],
        'one audience of several': [200, await call('web', '/orders/1', token({ aud: ['x', 'shop'] }))],
        'a scope among others': [200, await call('web', '/scoped', token({ scope: 'orders:write orders:read' }))],
        'a group that nobody denies': [200, await call('web', '/orders/1', token({ groups: ['users'] }))],
        'a caller who needs no token': [200, await call('job', '/orders/1')],
        'no token': [403, await call('web', '/orders/1')],
        'another subject': [403, await call('web', '/orders/1', token({ sub: 'bob' }))],
        'another path': [403, await call('web', '/other', ann)],
        'a scope that begins alike': [403, await call('web', '/scoped', token({ scope: 'orders:reader' }))],
        'a denied group': [403, await call('web', '/orders/1', token({ groups: ['users', 'banned'] }))],
        'her token in other hands': [403, await call('job', '/scoped', token({ scope: 'orders:read' }))],
        'her token with a certificate that nobody allows': ['refused', await call('stranger', '/orders/1', ann)],
        'her token in the URL': [403, await call('web', `/orders/1?access_token=${ann}`)],
        'another audience': [403, await call('web', '/orders/1', token({ aud: 'other' }))],
        'another key': [401, await call('web', '/orders/1', token({}, evil.privateKey))],
        'another issuer': [401, await call('web', '/orders/1', token({ iss: 'https://evil.example.com' }))],
        'an old token': [401, await call('web', '/orders/1', token({ exp: 1 }))],
        'no real token': [401, await call('job', '/orders/1', 'a.b.c')],
      };
      expect(Object.entries(answers).filter(([, [wanted, given]]) => wanted !== given)).toEqual([]);
    });
  });

  test('believes no keys of a host that does not prove its name', async () => {
    await run('DNS:other.example.com', async (call) => {
      expect([await call('web', '/orders/1', sign(login.privateKey, ANN)), await call('job', '/orders/1')]).toEqual([401, 200]);
    });
  });
});
