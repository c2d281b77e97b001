import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { AccessEnforcer, AccessPolicy, AccessRequest, AccessSource, IMeshPeer, IngressGateway, MeshWorkload, SpiffeId, TokenIssuer, TrustDomain } from '../../../../src';
import { Fixture } from '../../istio/fixture';

export const NAMES = ['web', 'api', 'db', 'ops'];
const NAMESPACES = ['shop', 'shop', 'data', 'ops'];
export const PORTS = [8080, 9090];
const CI = '/ci/github/acme/shop';
const PARTNER = TrustDomain.of('partner.test');
/** A partner, too, whose name begins as that of the other one. */
const NAMESAKE = TrustDomain.of('partner.test.example.com');

/**
 * A statement by indices, so that a counterexample can be read and shrinks.
 */
export interface Sentence {
  readonly deny: boolean;
  /** It marks calls for the log, and decides nothing. */
  readonly audit?: boolean;
  readonly auditOnly: boolean;
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly methods?: string[];
  readonly paths?: string[];
  readonly hosts?: string[];
}

export interface Call {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly http?: { readonly method: string; readonly path: string; readonly host: string };
  readonly claims?: { readonly [name: string]: any };
}

const ALLOWED_PATHS = ['/', '/a', '/a/', '/a/*', '/a*', '*/z', '*.js', '/u/{*}', '/u/{*}/z', '/u/{**}', '/a.b', '/%2Fx'];
const DENIED_PATHS = ['/a*', '/a/*', '/u/x*', '/%2F*'];
const METHODS = ['GET', 'POST', 'DELETE'];
const HOSTS = ['shop.example.com', 'shop', 'api.shop.svc.cluster.local'];
const SOURCES = [...NAMES, 'gateway', 'namespace shop', 'namespace ops', 'ci', 'partner', 'trust domain partner', 'trust domain namesake', 'token ann', 'token admins', 'token scope', 'token through ops'];

/**
 * Most statements and calls are about the same few, so that they meet.
 */
const often = (values: string[], frequent: string[]) => fc.constantFrom(...frequent, ...frequent, ...frequent, ...values);
const destinations = often(NAMES, ['api', 'api']);
const ports = fc.constantFrom(PORTS[0], PORTS[0], PORTS[0], PORTS[1]);

const some = <T>(values: T[]) => fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 });

export const sentences: fc.Arbitrary<Sentence> = fc.constantFrom('allow', 'allow', 'allow', 'deny', 'deny', 'deny', 'audit').chain((verb) => fc.record({
  deny: fc.constant(verb === 'deny'),
  audit: fc.constant(verb === 'audit'),
  auditOnly: fc.integer({ min: 0, max: 5 }).map((one) => one === 5 && verb !== 'audit'),
  source: often(SOURCES, ['web', 'namespace shop', 'token admins', 'trust domain partner']),
  destination: destinations,
  port: ports,
  methods: some(METHODS),
  paths: some(verb === 'deny' ? DENIED_PATHS : ALLOWED_PATHS),
  hosts: some(HOSTS),
}));

/** Callers of the partners, and of trust domains whose names begin or end as theirs. */
const OF_PARTNERS = ['partner', 'partner unusual', 'namesake', 'partner prefix', 'partner suffix', 'partner label'];

const PATHS = ['/', '/a', '/a/', '/a/b', '/ab', '/a/z', '/z/a', '/x.js', '/x.js/y', '/u/', '/u', '/u/x', '/u/x/z', '/u/x/y/z', '/a?x=/z', '/axb', '/%2Fx', '/A', '/u/[x]/z'];
const SENT_HOSTS = ['shop.example.com', 'SHOP.example.com:443', 'shop.example.com.', 'shop', 'other', 'api.shop.svc.cluster.local:8080'];
const CLAIMS = [
  undefined,
  { iss: 'https://login.example.com', sub: 'spiffe://other.test/ns/a/sa/ann' },
  { iss: 'https://login.example.com', sub: 'x', groups: ['users', 'admins'] },
  { iss: 'https://evil.example.com', sub: 'spiffe://other.test/ns/a/sa/ann', groups: ['admins'] },
  { iss: 'https://login.example.com', sub: 'x', groups: 7 },
  { iss: 'https://login.example.com', sub: 'x', scope: 'orders:write orders:read' },
  { sub: 'x', groups: ['admins'] },
];

export const calls: fc.Arbitrary<Call> = fc.record({
  source: often([...NAMES, 'gateway', 'ci', ...OF_PARTNERS, 'stranger', 'unusual', 'foreign', 'nobody'], ['web', 'gateway']),
  destination: destinations,
  port: ports,
  http: fc.option(
    fc.record({ method: fc.constantFrom(...METHODS), path: fc.constantFrom(...PATHS), host: fc.constantFrom(...SENT_HOSTS) }),
    { nil: undefined, freq: 6 },
  ),
  claims: fc.constantFrom(...CLAIMS),
}).map((call) => call.http ? call : { ...call, claims: undefined });

/**
 * Statements, and calls of which most are what a statement is about, but for one thing or another.
 */
export function runs(pick: (one: Sentence) => boolean = () => true): fc.Arbitrary<[Sentence[], Call[]]> {
  const aims = fc.array(fc.tuple(calls, fc.option(fc.nat(), { nil: undefined }), fc.option(fc.constantFrom('', ':8080', '.', '.:443'), { nil: undefined, freq: 2 })),
    { minLength: 40, maxLength: 40 });
  return fc.tuple(fc.array(sentences.filter(pick), { maxLength: 9, size: 'max' }), aims)
    .map(([stated, all]) => [stated, all.map(([call, aim, hostEnd]) =>
      aim === undefined || stated.length === 0 ? call : aimed(stated[aim % stated.length], call, hostEnd))]);
}

const CALLERS: { readonly [source: string]: string } = {
  'namespace shop': 'web', 'namespace ops': 'ops', 'trust domain partner': 'partner', 'trust domain namesake': 'namesake', 'token ann': 'gateway', 'token admins': 'gateway', 'token scope': 'gateway', 'token through ops': 'ops',
};

/** Callers whose SPIFFE IDs have something of what a source says. */
const ALIKE: { readonly [source: string]: string[] } = {
  'namespace shop': ['stranger', 'unusual', 'foreign', 'partner'],
  'trust domain partner': [...OF_PARTNERS, 'web', 'foreign'],
  'trust domain namesake': OF_PARTNERS,
};

function aimed({ source, destination, port, methods, hosts }: Sentence, call: Call, hostEnd: string | undefined): Call {
  const aim = (http: NonNullable<Call['http']>) => hostEnd === undefined ? http
    : { ...http, method: methods?.[0] ?? http.method, host: hosts ? `${hosts[0]}${hostEnd}` : http.host };
  const caller = ALIKE[source]?.includes(call.source) ? call.source : CALLERS[source] ?? source;
  return { ...call, source: caller, destination, port, http: call.http && aim(call.http) };
}

/**
 * What a layer may let through that sees callers and ports alone: what is allowed in force, without its limits, and with who hands a token on for the token.
 */
export function widened(stated: Sentence[]): Sentence[] {
  return stated.filter((one) => !one.deny && !one.audit && !one.auditOnly).map(({ deny, auditOnly, source, destination, port }) =>
    ({ deny, auditOnly, source: source.startsWith('token') ? CALLERS[source] : source, destination, port }));
}

/**
 * A small mesh with its statements, written by the enforcers.
 */
export class System {
  public readonly fixture = new Fixture();
  public readonly access: AccessPolicy;
  private readonly workloads: MeshWorkload[];
  private readonly gateway: IngressGateway;
  private readonly issuer = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'] });

  public constructor(stated: Sentence[], enforcers: AccessEnforcer[]) {
    this.workloads = NAMES.map((name, index) => this.fixture.mesh.enroll(this.fixture.deployment(name, (manifest) => {
      manifest.metadata.namespace = NAMESPACES[index];
      manifest.spec.template.spec.containers[0].ports = PORTS.map((containerPort) => ({ containerPort }));
    })));
    this.gateway = new IngressGateway(this.fixture.platform, 'ingress', { mesh: this.fixture.mesh });
    const federatedTrustDomains = [PARTNER, NAMESAKE];
    federatedTrustDomains.forEach((one) => this.fixture.mesh.acceptTrustDomain(one));
    this.access = new AccessPolicy(this.fixture.platform, 'access', { mesh: this.fixture.mesh, enforcers, federatedTrustDomains });
    for (const { deny, audit, auditOnly, source, destination, ...rest } of stated) {
      const call = { ...rest, source: this.source(source), destination: this.workload(destination) };
      if (audit) {
        this.access.audit(call);
      } else {
        deny ? this.access.deny({ ...call, auditOnly }) : this.access.allow({ ...call, auditOnly });
      }
    }
  }

  public get manifests(): any[] {
    return this.fixture.platform.node.findAll().filter(ApiObject.isApiObject).map((object) => object.toJson());
  }

  public workload(name: string): MeshWorkload {
    return this.workloads[NAMES.indexOf(name)];
  }

  /**
   * The SPIFFE ID that a caller proves; none for a caller without a certificate.
   */
  public identity(name: string): SpiffeId | undefined {
    switch (name) {
      case 'nobody': return undefined;
      case 'partner': return SpiffeId.of(PARTNER, 'ns', 'shop', 'sa', 'web');
      case 'partner unusual': return SpiffeId.of(PARTNER, 'billing');
      case 'namesake': return SpiffeId.of(NAMESAKE, 'ns', 'shop', 'sa', 'web');
      case 'partner prefix': return SpiffeId.parse('spiffe://partner.test.evil.example/ns/shop/sa/web');
      case 'partner suffix': return SpiffeId.parse('spiffe://xpartner.test/ns/shop/sa/web');
      case 'partner label': return SpiffeId.parse('spiffe://sub.partner.test/ns/shop/sa/web');
      case 'ci': return SpiffeId.parse(`spiffe://example.org${CI}`);
      case 'stranger': return SpiffeId.parse('spiffe://example.org/ns/shop/sa/stranger');
      case 'unusual': return SpiffeId.parse('spiffe://example.org/ns/shop/job/web');
      case 'foreign': return SpiffeId.parse('spiffe://foreign.test/ns/shop/sa/web');
      default: return (name === 'gateway' ? this.gateway : this.workload(name)).identity.spiffeId;
    }
  }

  public request({ source, destination, port, http, claims }: Call): AccessRequest {
    return { spiffeId: this.identity(source), destination: this.workload(destination), port, ...http, claims };
  }

  public allows(call: Call): boolean {
    return this.access.decides(this.request(call)).allowed;
  }

  private source(name: string): IMeshPeer | AccessSource {
    const { issuer } = this;
    switch (name) {
      case 'gateway': return this.gateway;
      case 'namespace shop': return AccessSource.namespace('shop');
      case 'namespace ops': return AccessSource.namespace('ops');
      case 'trust domain partner': return AccessSource.trustDomain(PARTNER);
      case 'trust domain namesake': return AccessSource.trustDomain(NAMESAKE);
      case 'ci':
      case 'partner': return AccessSource.identity(this.identity(name)!);
      case 'token ann': return AccessSource.token({ issuer, subjects: ['spiffe://other.test/ns/a/sa/ann'], through: this.gateway });
      case 'token admins': return AccessSource.token({ issuer, claims: { groups: ['admins'] }, through: this.gateway });
      case 'token scope': return AccessSource.token({ issuer, claims: { scope: ['orders:read'] }, through: this.gateway });
      case 'token through ops': return AccessSource.token({ issuer, through: this.workload('ops') });
      default: return this.workload(name);
    }
  }
}
