import { isFilledIn } from '../model/filled-in';
import { Json, asList, asObject, asText } from '../model/manifest';
import { spireIssuers } from '../model/spire/issuers';
import { isUnknown } from '../model/spire/queries';
import { System } from '../model/system';

/** Something that is wrong in the JWT method of Vault, and the field that it is about, by its name in Vault. */
export interface VaultJwtProblem {
  readonly field: string;
  readonly message: string;
}

const CLAIMS = ['sub', 'aud', 'iss', 'exp', 'iat', 'jti'];
const SOURCES = ['oidc_discovery_url', 'jwks_url', 'jwks_pairs', 'jwt_validation_pubkeys'];

/**
 * What is wrong in a role, by the names that its fields have in Vault.
 *
 * @param shown how the names are written here
 */
export function jwtRoleProblems(role: Json, shown: (name: string) => string): VaultJwtProblem[] {
  const [subject, claim, type] = [asText(role.bound_subject), asText(role.user_claim), asText(role.role_type)];
  const isSpiffe = /spiffe:\/\//.test(JSON.stringify([role.bound_subject, role.bound_claims]) ?? '');
  const globs = Object.values(claimsOf(role)).flat().some(value => /\*/.test(asText(value))) || /spiffe:\/\/[^,}]*\*/.test(asText(role.bound_claims));
  const isGlob = isFilledIn(asText(role.bound_claims_type)) || asText(role.bound_claims_type) === 'glob';
  const problems: [boolean, string, string][] = [
    [type === 'jwt' && isEmpty(role.bound_audiences), '', `a role of type jwt has no ${shown('bound_audiences')}`],
    [isSpiffe && type !== 'jwt' && !isFilledIn(type), 'role_type', `${shown('role_type')} is not jwt: roles of type oidc are for people in a browser`],
    [isSpiffe && claim !== '' && !isFilledIn(claim) && !CLAIMS.includes(claim), 'user_claim', `a JWT-SVID has no claim "${claim}": ${CLAIMS.join(', ')}`],
    [/^[a-z0-9._-]+\/ns\/[^/]+\/sa\//.test(subject), 'bound_subject', `"${subject}" has no spiffe:// in front`],
    [globs && !isGlob, 'bound_claims', `a star is literal without ${shown('bound_claims_type')}: glob`],
    [subject.includes('*'), 'bound_subject', `a star in ${shown('bound_subject')} is literal: use ${shown('bound_claims')} with ${shown('bound_claims_type')} glob`],
  ];
  return problems.filter(([is]) => is).map(([, field, message]) => ({ field, message }));
}

/** A SPIRE server at its own port, where it speaks gRPC only. */
export const SERVER_API = /^https?:\/\/([\w-]+-)?spire-server(\.[\w.-]+)?:8081(\/|$)/;

/** What is wrong in the configuration of the method. */
export function jwtConfigProblems(system: System, config: Json, shown: (name: string) => string): VaultJwtProblem[] {
  const problems: VaultJwtProblem[] = [];
  const url = asText(config.oidc_discovery_url);
  if (/\/\.well-known\//.test(url)) problems.push({ field: 'oidc_discovery_url', message: `"${url}" is the document itself: Vault adds /.well-known/openid-configuration` });
  for (const field of ['oidc_discovery_url', 'jwks_url']) {
    const source = asText(config[field]);
    const message = `"${source}" is the API of the SPIRE server, which has no keys for Vault: name the OIDC discovery provider`;
    if (SERVER_API.test(source)) problems.push({ field, message });
  }
  const sources = SOURCES.filter(name => !isEmpty(config[name])).map(shown);
  if (sources.length !== 1) {
    const message = sources.length === 0 ? 'there is no source of keys' : `${sources.join(' and ')} exclude each other`;
    problems.push({ field: SOURCES.find(name => shown(name) === sources[1]) ?? '', message });
  }
  for (const field of ['bound_issuer', 'oidc_discovery_url']) {
    const issuer = asText(config[field]);
    const other = issuer === '' || isFilledIn(issuer) ? undefined : unknownIssuer(system, issuer);
    if (other !== undefined) problems.push({ field, message: `"${issuer}" is not SPIRE's jwt_issuer "${other}"` });
  }
  const [keys, bound] = [asText(config.jwks_url), asText(config.bound_issuer)];
  const own = spireIssuers(system).find(issuer => keys === `${issuer.replace(/\/$/, '')}/keys` || url === issuer);
  const isOther = own !== undefined && bound !== '' && !isFilledIn(bound) && !spireIssuers(system).includes(bound);
  if (isOther && !problems.some(({ field }) => field === 'bound_issuer')) problems.push({ field: 'bound_issuer', message: `"${bound}" is not SPIRE's jwt_issuer "${own}"` });
  return problems;
}

/** The claims that a role binds, which a script may write as JSON. */
function claimsOf({ bound_claims: claims }: Json): Json {
  if (typeof claims !== 'string') return asObject(claims);
  try {
    return asObject(JSON.parse(claims));
  } catch {
    return {};
  }
}

function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? asList(value).length === 0 : asText(value) === '';
}

/** SPIRE's issuer, where it is known and the host of the other one is that of SPIRE: Vault may serve others, too. */
function unknownIssuer(system: System, issuer: string): string | undefined {
  const known = system.servers.map(server => server.config?.server.text('jwt_issuer') ?? '').filter(text => text !== '' && !isUnknown(text));
  const host = (url: string): string => url.replace(/^\w+:\/\//, '').replace(/[:/].*$/, '');
  return known.includes(issuer) ? undefined : known.find(own => host(own) === host(issuer));
}
