import { readFileSync } from 'node:fs';
import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { NAMES, sentences, System } from './system';
import { AccessEnforcer, AccessSource, AllowedCall, EgressGateway, Stage, TokenIssuer } from '../../../../src';
import { describeWithSharedData, sharedData } from '../../../support/shared-data';

/**
 * Everything that 300 statements make of Istio's policies, egress among them.
 */
const system = new System(fc.sample(sentences, { numRuns: 300, seed: 10 }), [AccessEnforcer.istio()]);
const egress = new EgressGateway(system.fixture.platform, 'egress', { mesh: system.fixture.mesh });
system.access.allowEgress({ source: system.workload('web'), hosts: ['api.example.com'], gateway: egress });
const written: any[] = system.access.objects.map((object) => object.toJson());
const policies = written.filter((one) => one.kind === 'AuthorizationPolicy');
const requestAuthentications = written.filter((one) => one.kind === 'RequestAuthentication');
const rulesOf = (...actions: string[]): any[] => policies.filter(({ spec }) => actions.includes(spec.action)).flatMap(({ spec }) => spec.rules);
const rules = rulesOf('ALLOW', 'DENY', 'AUDIT');
const sources: any[] = rules.flatMap((rule) => rule.from).map(({ source }) => source);
const operations: any[] = rules.flatMap((rule) => rule.to ?? []).map(({ operation }) => operation);
const conditions: any[] = rules.flatMap((rule) => rule.when ?? []);
const principals: string[] = sources.flatMap((source) => source.principals);

const fields = (objects: any[]) => [...new Set(objects.flatMap((one) => Object.keys(one)))].sort();
const emptyLists = (value: any): boolean => Array.isArray(value) ? value.length === 0 || value.some(emptyLists)
  : typeof value === 'object' && value !== null && Object.values(value).some(emptyLists);

/** What a statement would have to say to fall into a trap, and what is answered. */
function refuses(call: Partial<AllowedCall>, message: string, verb: 'allow' | 'deny' = 'allow'): void {
  const [source, destination] = ['web', 'api'].map((name) => system.workload(name));
  expect(() => system.access[verb]({ source, destination, port: 8080, ...call })).toThrow(message);
}

function refusesPath(path: string, message: string): void {
  refuses({ paths: [path] }, message);
}

const isHttp = ({ to, when }: any) => (to ?? []).some(({ operation }: any) => operation.methods ?? operation.paths ?? operation.hosts)
  || (when ?? []).some(({ key }: any) => key.startsWith('request.'));

/**
 * Each trap, the recorded cases that show it, and how what we write avoids it.
 */
const TRAPS: [string, string[], () => void][] = [
  ['a list that is empty is no limit', ['018', '020', '021'], () => {
    expect(policies.filter(({ spec }) => emptyLists(spec))).toEqual([]);
    refuses({ methods: [] }, "'methods' is an empty list, which Istio reads as no limit");
    refuses({ paths: [] }, "'paths' is an empty list");
    refuses({ hosts: [] }, "'hosts' is an empty list");
  }],
  ['a policy without rules closes only when it allows and is in force', ['003'], () => {
    expect(policies.filter(({ spec }) => !spec.rules)).toEqual([]);
    system.access.denyByDefault('shop');
    const closing = system.manifests.filter(({ kind, spec }) => kind === 'AuthorizationPolicy' && !spec.rules);
    expect(closing.map(({ metadata, spec }) => [metadata.namespace, metadata.name, metadata.annotations?.['istio.io/dry-run'], spec])).toEqual([
      ['istio-system', 'default-deny', undefined, {}], ['shop', 'default-deny', undefined, {}],
    ]);
  }],
  ['an ALLOW of the root namespace opens every namespace', [], () => {
    expect(policies.filter(({ metadata, spec }) => metadata.namespace === 'istio-system' && spec.rules)).toEqual([]);
  }],
  ['negative fields match callers without identity', ['051', '053', '072', '090', '117', '151', '209', '217', '257'], () => {
    expect([...fields(sources), ...fields(operations), ...fields(conditions)].filter((field) => field.startsWith('not'))).toEqual([]);
  }],
  ['a principal with a scheme matches nobody', ['049', '056'], () => {
    expect(principals.filter((principal) => principal.includes('://'))).toEqual([]);
  }],
  ['a star means something at the end only, and is not left to be part of a name', ['044', '274'], () => {
    expect(principals.filter((principal) => !/^[^*]+\*?$/.test(principal))).toEqual([]);
  }],
  ['namespaces, service accounts and trust domains as fields match other trust domains, other shapes, or wait for a release of Istio',
    ['059', '067', '081', '091', '095', '096', '112', '119'], () => {
      expect(fields(sources)).toEqual(['principals']);
    }],
  ['a wildcard principal has the five parts that aliases are applied to, or all of another trust domain, which has no aliases', ['104', '116', '122'], () => {
    expect([...new Set(principals.filter((principal) => principal.endsWith('*')))].sort())
      .toEqual(['example.org/ns/ops/sa/*', 'example.org/ns/shop/sa/*', 'partner.test.example.com/*', 'partner.test/*']);
  }],
  ['cluster.local is a pointer in some places only', ['102'], () => {
    expect(principals.filter((principal) => principal.startsWith('cluster.local/'))).toEqual([]);
  }],
  ['one HTTP field drops a whole rule of ALLOW on TCP', ['283'], () => {
    expect(rules.filter((rule) => rule.from.length !== 1 || (rule.to ?? []).length > 1)).toEqual([]);
    expect(rulesOf('ALLOW').filter((rule) => isHttp(rule)).length).toBeGreaterThan(20);
  }],
  ['a DENY on an HTTP field closes every TCP port, unless it has a port', ['284', '286', '288', '289', '294', '298', '299'], () => {
    expect(rulesOf('DENY').length).toBeGreaterThan(20);
    expect(rulesOf('DENY').filter((rule) => rule.to.some(({ operation }: any) => operation.ports?.length !== 1))).toEqual([]);
  }],
  ['ports are those of the workload, and each rule has one, declared or not', ['139', '140'], () => {
    expect(operations.filter(({ ports }) => !['8080', '9090', '8443'].includes(ports.join()))).toEqual([]);
    refuses({ port: 80 }, "which 'shop/api' does not have: use a port of its containers (8080, 9090), not of its Service");
  }],
  ['a Service decides what is HTTP: https is not', ['142', '291'], () => {
    const other = new System([{ deny: false, auditOnly: false, source: 'web', destination: 'api', port: 8080, methods: ['GET'] }], [AccessEnforcer.istio()]);
    new ApiObject(other.fixture.platform.chart(Stage.APPS, 'api'), 'service', {
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' }, spec: { selector: { app: 'api' }, ports: [{ name: 'https', port: 8080 }] },
    });
    expect(other.access.node.validate().join()).toContain('says that port 8080 is no HTTP');
  }],
  ['a DENY on a whole path is missed by other spellings', ['161', '173'], () => {
    refuses({ paths: ['/admin'] }, "deny a beginning, such as '/admin*'", 'deny');
    refuses({ paths: ['/u/{*}'] }, 'deny a beginning', 'deny');
    expect(rulesOf('DENY').flatMap((rule) => rule.to[0].operation.paths ?? []).filter((path: string) => !path.endsWith('*'))).toEqual([]);
  }],
  ['a path that no request has is taken and never matches', ['163', '166', '168', '169', '173'], () => {
    refusesPath('/report?format=csv', "paths are compared without query, use '/report'");
    refusesPath('/a#b', "paths are compared without query, use '/a'");
    refusesPath('admin', "paths begin with '/', use '/admin'");
    refusesPath('//admin', "slashes are merged before paths are compared, use '/admin'");
    refusesPath('/a%2Db', 'a percent-encoding that requests do not keep');
    refusesPath('/caf%c3', 'a percent-encoding that requests do not keep');
    refusesPath('/a|b', 'which no request has unencoded');
    refusesPath('/a/*/b', "with '*' inside");
    refusesPath('*items*', "with '*' inside");
    refusesPath('/a/../b', 'they are resolved before paths are compared');
    refusesPath('/a/..;x/b', 'they are resolved before paths are compared');
    refusesPath('http://api/a', "paths begin with '/'");
  }],
  ['templates stand for whole segments, the rest only at the end', ['175', '177', '178', '180'], () => {
    refusesPath('/u/x{*}', "only partly '{*}'");
    refusesPath('/u/{**}/x/{*}', "after '{**}'");
    refusesPath('/u/{*}/*', "with '*' inside");
  }],
  ['a host is compared with its port and its final dot', ['203', '211'], () => {
    const hosts: string[] = operations.flatMap((one) => one.hosts ?? []);
    const plain = [...new Set(hosts.map((host) => host.replace(/:\*$/, '').replace(/\.$/, '')))];
    expect([...new Set(hosts)].sort()).toEqual(plain.flatMap((host) => [host, `${host}:*`, `${host}.`, `${host}.:*`]).sort());
    refuses({ hosts: ['api:8080'] }, 'which is no DNS name');
  }],
  ['lower-case methods match nothing', ['146'], () => {
    expect(operations.flatMap((one) => one.methods ?? []).filter((method: string) => !/^[A-Z]+$/.test(method))).toEqual([]);
    refuses({ methods: ['get'] }, "use 'GET'");
  }],
  ['headers are compared line by line, pseudo-headers with query, addresses of X-Forwarded-For are what the caller wrote', ['127', '129', '212', '215', '223'], () => {
    expect(new Set(conditions.map(({ key }) => key.replace(/\[.*/, '')))).toEqual(new Set(['request.auth.claims', 'connection.sni']));
    expect(fields(operations)).toEqual(['hosts', 'methods', 'paths', 'ports']);
  }],
  ['an SNI is lower-case when it is compared', [], () => {
    expect(conditions.filter(({ key }) => key === 'connection.sni').map(({ values }) => values)).toEqual([['api.example.com']]);
    expect(() => system.access.allowEgress({ source: system.workload('web'), hosts: ['API.example.com'], gateway: egress })).toThrow('is no full DNS name');
  }],
  ['request principals are cut at the last slash: claims are compared instead, and a SPIFFE ID is a subject like others', ['242', '244', '245', '247'], () => {
    expect(conditions.filter(({ key, values }) => key === 'request.auth.claims[sub]' && values.includes('spiffe://other.test/ns/a/sa/ann')).length).toBeGreaterThan(0);
  }],
  ['a token is not looked at where no RequestAuthentication applies', ['252'], () => {
    const asking = policies.filter(({ spec }) => (spec.rules ?? []).some((rule: any) => (rule.when ?? []).some(({ key }: any) => key.startsWith('request.auth'))));
    const verifying = requestAuthentications.map(({ metadata, spec }) => JSON.stringify([metadata.namespace, spec.selector]));
    expect(asking.length).toBeGreaterThan(2);
    expect(asking.filter(({ metadata, spec }) => !verifying.includes(JSON.stringify([metadata.namespace, spec.selector])))).toEqual([]);
  }],
  ['a claim condition never stands without the certificate of who hands the request on', ['257'], () => {
    expect(rules.filter((rule) => rule.from.some(({ source }: any) => source.principals === undefined))).toEqual([]);
  }],
  ['claims are texts, and a star would do with anything', ['259', '260'], () => {
    expect(conditions.flatMap(({ values }) => values).filter((value: any) => typeof value !== 'string' || value.includes('*') || value === '')).toEqual([]);
    expect(() => AccessSource.token({ issuer: TokenIssuer.of({ issuer: 'a', jwksUri: 'https://a/keys', audiences: ['a'] }), subjects: ['*'], through: egress }))
      .toThrow("values are whole and not empty, without '*'");
  }],
  ['audiences are stated, and the default header is left on', ['262', '272'], () => {
    expect(requestAuthentications.length).toBeGreaterThan(2);
    expect(fields(requestAuthentications.flatMap(({ spec }) => spec.jwtRules))).toEqual(['audiences', 'forwardOriginalToken', 'issuer', 'jwksUri']);
  }],
  ['a token of an unknown issuer is 401, and of every issuer that a statement names it is not', ['264', '270'], () => {
    const issuers = [...new Set(conditions.filter(({ key }) => key === 'request.auth.claims[iss]').flatMap(({ values }) => values))];
    expect([...new Set(requestAuthentications.flatMap(({ spec }) => spec.jwtRules.map((rule: any) => rule.issuer)))]).toEqual(issuers);
  }],
  ['a dry-run policy does not count: it is never the one that closes or opens, and never holds what is in force', ['309', '312'], () => {
    const dry = policies.filter(({ metadata }) => metadata.annotations?.['istio.io/dry-run'] !== undefined);
    expect(dry.length).toBeGreaterThan(3);
    expect(dry.filter(({ metadata, spec }) => metadata.annotations['istio.io/dry-run'] !== 'true' || !metadata.name.endsWith('-dry-run')
      || !['ALLOW', 'DENY'].includes(spec.action))).toEqual([]);
    refuses({ auditOnly: true }, 'leave auditOnly out', 'audit' as any);
  }],
  ['AUDIT does not count as ALLOW', ['307'], () => {
    expect(rulesOf('AUDIT').length).toBeGreaterThan(10);
    expect(policies.filter(({ metadata, spec }) => spec.action === 'AUDIT' && !metadata.name.endsWith('-audit'))).toEqual([]);
  }],
  ['every policy selects the pods of one workload, by all labels of its selector', ['034'], () => {
    const labels = [...NAMES.map((name) => system.workload(name)), egress.workload];
    for (const { metadata, spec } of policies) {
      const chosen = labels.filter((one) => one.namespace === metadata.namespace
        && Object.entries(spec.selector.matchLabels).every(([key, value]) => one.podLabels[key] === value));
      expect([metadata.name, chosen.length]).toEqual([metadata.name, 1]);
    }
  }],
];

/**
 * Recorded cases that are about what an access policy does not write.
 */
const OUT_OF_SCOPE: { [why: string]: string[] } = {
  'aliases and accepted trust domains are the mesh\'s: TLS refuses before a policy is asked': ['099', '114'],
  'action CUSTOM is not written': ['314', '316', '319'],
  'PeerAuthentication is the mesh\'s, strict and without exceptions': ['321', '326', '330', '331', '333', '335', '338'],
};

test.each(TRAPS)('%s', (_trap, _cases, holds) => holds());

describeWithSharedData('the list of surprises', () => {
  test('each recorded case that it names is in this file', () => {
    const named = [...readFileSync(sharedData('authz-verdicts', 'surprises.md'), 'utf8').matchAll(/\[(\d{3} [^\]]*)\]/g)]
      .flatMap(([, list]) => list.split(',').map((one) => one.trim().slice(0, 3)));
    const known = [...TRAPS.flatMap(([, cases]) => cases), ...Object.values(OUT_OF_SCOPE).flat()];
    expect([...new Set(named)].sort()).toEqual([...new Set(known)].sort());
  });
});
