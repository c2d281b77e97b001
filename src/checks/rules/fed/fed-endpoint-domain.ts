import { asObject, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { federatedTrustDomains, trustDomains } from '../../../model/spire/entries';
import { partnerDomains } from '../../../model/spire/federating';
import { partnersOf } from '../../../model/spire/federation';
import { spiffeIdError, trustDomainName } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEndpointDomain: Rule = {
  id: 'FED-ENDPOINT-DOMAIN',
  level: Level.WARNING,
  title: 'a bundle endpoint is to show an identity that it does not have, or that cannot be verified',
  why: 'the server verifies the endpoint with the bundle of the trust domain of its SPIFFE ID: without that one every poll fails',
  fix: 'use the SPIFFE ID of the endpoint in the federated trust domain, usually /spire/server, or federate with the other one too',
  source: 'pkg/server/bundle/client/updater.go newClient',
  check: (system, report) => {
    const relations = federatedTrustDomains(system).filter(({ spec }) => asObject(spec.bundleEndpointProfile).type === 'https_spiffe');
    for (const relation of relations) {
      const problem = problemOf(system, asText(relation.spec.trustDomain), asText(relation.spec.bundleEndpointProfile.endpointSPIFFEID));
      if (problem) report.at(relation, ['spec', 'bundleEndpointProfile', 'endpointSPIFFEID'], `endpointSPIFFEID ${problem}`);
    }
    for (const server of system.servers) {
      for (const { trustDomain, endpointId, line } of server.config ? partnersOf(server.config.server) : []) {
        const problem = problemOf(system, trustDomain, endpointId);
        if (problem) report.in(server.text, line, `endpoint_spiffe_id ${problem}`);
      }
    }
  },
};

function problemOf(system: System, domain: string, id: string): string | undefined {
  if (spiffeIdError(id) || /[$\uE000]/.test(id + domain)) return undefined;
  const theirs = trustDomainName(id);
  if (!/^spiffe:\/\/[^/]+\/./.test(id)) return `${id} has no path: certificates of endpoints have one`;
  const isOwn = trustDomains(system).includes(theirs) && id.endsWith('/spire/server');
  if (isOwn && theirs !== trustDomainName(domain)) return `${id} is the own server, not that of ${trustDomainName(domain)}`;
  const isKnown = theirs === trustDomainName(domain) || knownDomains(system).has(theirs);
  return isKnown ? undefined : `${id} is not of trust domain ${trustDomainName(domain)}, and nothing brings the bundle of ${theirs}`;
}

/** The trust domains whose bundles are brought, and those of the servers, who always have their own. */
const knownDomains = once((system: System): Set<string> => new Set([...partnerDomains(system), ...trustDomains(system)]));
