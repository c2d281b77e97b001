import { checkUnknown, duration } from './common';
import { warnOfDropped } from './dropped';
import { Problems } from './problems';
import { isIp, parseDuration, spiffeIdError, trustDomainError } from './values';
import { goUrlFault } from '../../formats/go-url';
import { BOOL, Block, Node, STRING, block, print, redecode, strings } from '../../formats/hcl/reader';

const ACME = block({ ...strings('directory_url', 'domain_name', 'email'), tos_accepted: BOOL });
const ENDPOINT_PROFILE = block({
  https_spiffe: block({}),
  https_web: block({ acme: ACME, serving_cert_file: block(strings('cert_file_path', 'key_file_path', 'file_sync_interval')) }),
});
const PARTNER_PROFILE = block({ https_spiffe: block({ endpoint_spiffe_id: STRING }), https_web: block({}) });

/** The `federation` block of the server. */
export function checkFederation(server: Block, problems: Problems): void {
  const federation = server.block('federation');
  if (!federation) return;
  const endpoint = federation.block('bundle_endpoint');
  if (endpoint) checkEndpoint(endpoint, problems);
  for (const [trustDomain, partner] of federation.map('federates_with')) checkPartner(trustDomain, partner, problems);
}

function checkEndpoint(endpoint: Block, problems: Problems): void {
  checkUnknown('bundle_endpoint', endpoint, problems);
  const acme = endpoint.block('acme');
  checkUnknown('bundle_endpoint.acme', acme, problems);
  for (const name of acme ? ['domain_name', 'email'] : []) {
    if (acme!.text(name) === '') problems.refuse('federation', `bundle_endpoint.acme.${name} must be configured`, acme!.position);
  }
  const hint = duration(endpoint, 'refresh_hint', problems);
  if (hint !== undefined && (hint >= 86400 || hint < 60)) {
    problems.warn('federation', `refresh_hint ${endpoint.text('refresh_hint')} is not between 1m and 24h`, endpoint.at('refresh_hint'), 'use 5m');
  }
  const address = endpoint.text('address');
  if (address !== '' && !isIp(address)) {
    problems.warn('federation', `bundle_endpoint address "${address}" is no IP address: the endpoint listens on all interfaces`, endpoint.at('address'), 'give an IP address');
  }
  const port = endpoint.int('port') ?? 0;
  if (port < 0 || port > 65535) {
    problems.refuse('federation', `bundle_endpoint port ${port} is no port: the server stops`, endpoint.at('port'), 'use 1 to 65535');
  } else if (port === 0) {
    problems.warn('federation', 'bundle_endpoint has no port: it listens on another one at each start', endpoint.at('port'), 'set port = 8443');
  }
  const profile = endpoint.node('profile');
  if (acme && profile) {
    problems.refuse('federation', 'bundle_endpoint has acme and profile', endpoint.at('acme'), 'put acme into profile "https_web"');
  } else if (acme) {
    problems.warn('deprecated', 'acme directly in bundle_endpoint is deprecated', endpoint.at('acme'), 'put it into profile "https_web"');
  } else if (!profile) {
    problems.warn('federation', 'bundle_endpoint has no profile: https_spiffe is taken, a later release will refuse it', endpoint.position, 'add profile "https_spiffe" {}');
  } else {
    problems.attempt('federation', 'bundle_endpoint profile', () => checkEndpointProfile(profile, endpoint, problems));
  }
}

function checkEndpointProfile(node: Node, endpoint: Block, problems: Problems): void {
  const profile = oneProfile(node, endpoint, ENDPOINT_PROFILE, problems);
  if (!profile) return;
  const at = endpoint.at('profile');
  const web = profile.block('https_web');
  if (!web) {
    if (!profile.has('https_spiffe')) problems.refuse('federation', 'unknown bundle endpoint profile', at, 'use https_spiffe or https_web');
    return;
  }
  const [acme, cert] = [web.block('acme'), web.block('serving_cert_file')];
  if (acme) {
    if (!acme.bool('tos_accepted')) problems.warn('federation', 'the ACME terms of service are not accepted: no certificate will come', at, 'set tos_accepted = true');
    if (acme.text('domain_name') === '') problems.warn('federation', 'acme has no domain_name: no certificate will come', at, 'set domain_name to the host of the endpoint');
  } else if (!cert) {
    problems.refuse('federation', 'https_web needs acme or serving_cert_file', at);
  } else if (parseDuration(cert.text('file_sync_interval')) === undefined) {
    problems.refuse('federation', `file_sync_interval ${JSON.stringify(cert.text('file_sync_interval'))} is no duration; it has no default in SPIRE 1.15`, at, 'set file_sync_interval = "1h"');
  } else if (parseDuration(cert.text('file_sync_interval'))! < 0) {
    problems.refuse('federation', `file_sync_interval ${cert.text('file_sync_interval')} is negative: the server panics`, at, 'set file_sync_interval = "1h"');
  } else if (cert.text('cert_file_path') === '' || cert.text('key_file_path') === '') {
    problems.refuse('federation', 'serving_cert_file needs cert_file_path and key_file_path', at);
  }
}

function checkPartner(trustDomain: string, partner: Block, problems: Problems): void {
  const what = `federates_with "${trustDomain}"`;
  const reason = trustDomainError(trustDomain);
  if (reason) problems.refuse('federation', `${what}: ${reason}`, partner.position);
  checkPartnerUrl(partner, what, problems);
  const node = partner.node('bundle_endpoint_profile');
  if (!node) {
    problems.refuse('federation', `${what} has no bundle_endpoint_profile`, partner.position, 'add bundle_endpoint_profile "https_web" {} or "https_spiffe" { … }');
    return;
  }
  problems.attempt('federation', what, () => checkPartnerProfile(node, what, partner, problems));
}

function checkPartnerUrl(partner: Block, what: string, problems: Problems): void {
  const url = partner.text('bundle_endpoint_url');
  const at = partner.at('bundle_endpoint_url');
  const fault = goUrlFault(url) ?? (/^https:\/\/([/?#]|$)/i.test(url) ? 'has no host' : undefined);
  if (url === '') {
    problems.refuse('federation', `${what} has no bundle_endpoint_url`, partner.position);
  } else if (!url.toLowerCase().startsWith('https://')) {
    problems.refuse('federation', `${what}: bundle_endpoint_url "${url}" does not start with https://`, at);
  } else if (fault) {
    problems.warn('federation', `${what}: bundle_endpoint_url "${url}" ${fault}: the bundle is never fetched`, at, 'write https://host:port');
  }
}

function checkPartnerProfile(node: Node, what: string, partner: Block, problems: Problems): void {
  const profile = oneProfile(node, partner, PARTNER_PROFILE, problems);
  if (!profile || profile.has('https_web')) return;
  const spiffe = profile.block('https_spiffe');
  const reason = spiffe ? spiffeIdError(spiffe.text('endpoint_spiffe_id')) : 'the profile is unknown';
  if (reason) {
    problems.refuse('federation', `${what}: ${spiffe ? `endpoint_spiffe_id "${spiffe.text('endpoint_spiffe_id')}": ` : ''}${reason}`,
      partner.at('bundle_endpoint_profile'), 'use "https_web" {} or "https_spiffe" { endpoint_spiffe_id = "spiffe://…/spire/server" }');
  }
}

function oneProfile(node: Node, owner: Block, shape: ReturnType<typeof block>, problems: Problems): Block | undefined {
  warnOfDropped(node, shape, 'a bundle endpoint profile', problems);
  if (node.kind !== 'objectList' || node.items.length !== 1) {
    problems.refuse('federation', 'exactly one bundle endpoint profile is needed', owner.position);
    return undefined;
  }
  return print(node) === '' ? undefined : redecode(node, shape);
}

/** A partner that is named in the server's configuration. */
export interface Partner {
  readonly trustDomain: string;
  /** Where it serves its bundle. */
  readonly url: string;
  /** The SPIFFE ID of its bundle endpoint; empty where that has a certificate of the Web. */
  readonly endpointId: string;
  readonly line: number;
}

/** The partners of `federates_with`. */
export function partnersOf(server: Block): Partner[] {
  return [...server.block('federation')?.map('federates_with') ?? []].map(([trustDomain, partner]) => {
    const node = partner.node('bundle_endpoint_profile');
    const endpointId = node && /endpoint_spiffe_id"?\s*[=:]?\s*"([^"]*)"/.exec(print(node))?.[1];
    return { trustDomain, url: partner.text('bundle_endpoint_url'), endpointId: endpointId ?? '', line: partner.at('bundle_endpoint_profile').line };
  });
}

/** How a bundle endpoint gets its certificate of the Web; undefined where it shows an SVID. */
export function webProfileOf(endpoint: Block): Block | undefined {
  const node = endpoint.node('profile');
  if (node?.kind !== 'objectList' || node.items.length !== 1) return undefined;
  try {
    return redecode(node, ENDPOINT_PROFILE).block('https_web');
  } catch {
    // told by the rules of the configuration
    return undefined;
  }
}
