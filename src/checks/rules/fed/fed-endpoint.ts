import { goUrlFault } from '../../../formats/go-url';
import { Manifest, Path, asObject, asText } from '../../../model/manifest';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { spiffeIdError, trustDomainError } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEndpoint: Rule = {
  id: 'FED-ENDPOINT',
  level: Level.ERROR,
  title: 'a ClusterFederatedTrustDomain is not valid',
  why: 'the webhook refuses it, or the bundle can never be fetched',
  fix: 'correct the endpoint',
  source: 'spire-controller-manager api/v1alpha1/clusterfederatedtrustdomain_webhook.go; observed runs',
  check: (system, report) => {
    for (const object of federatedTrustDomains(system)) {
      for (const [path, message] of problems(object)) report.at(object, path, message);
    }
  },
};

function problems(object: Manifest): [Path, string][] {
  const found: [Path, string][] = [];
  const domain = asText(object.spec.trustDomain);
  const reason = trustDomainError(domain);
  // A variable of a shell is not our business.
  if (domain.includes('$')) return [];
  if (reason) found.push([['spec', 'trustDomain'], `trustDomain "${domain}": ${reason}`]);
  const url = asText(object.spec.bundleEndpointURL);
  const parsed = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(?:([^/@]*)@)?([^/]*)/.exec(url);
  if (parsed?.[1].toLowerCase() !== 'https') found.push([['spec', 'bundleEndpointURL'], `bundleEndpointURL "${url}" does not start with https://`]);
  else if (parsed[2] !== undefined) found.push([['spec', 'bundleEndpointURL'], 'bundleEndpointURL has user information']);
  else if (parsed[3] === '') found.push([['spec', 'bundleEndpointURL'], 'bundleEndpointURL has no host']);
  else if (Number(/:(\d+)$/.exec(parsed[3])?.[1] ?? 0) > 65535) found.push([['spec', 'bundleEndpointURL'], `bundleEndpointURL "${url}" has a port above 65535`]);
  else if (goUrlFault(url)) found.push([['spec', 'bundleEndpointURL'], `bundleEndpointURL "${url}" ${goUrlFault(url)}`]);
  const profile = asObject(object.spec.bundleEndpointProfile);
  const id = asText(profile.endpointSPIFFEID);
  const path = ['spec', 'bundleEndpointProfile', 'endpointSPIFFEID'];
  const unknown = Object.keys(profile).find(key => key !== 'type' && key !== 'endpointSPIFFEID');
  if (unknown !== undefined) found.push([['spec', 'bundleEndpointProfile', unknown], `a profile has no field ${unknown}: type, endpointSPIFFEID`]);
  if (profile.type !== 'https_spiffe' && profile.type !== 'https_web') found.push([['spec', 'bundleEndpointProfile'], `type "${asText(profile.type)}" is neither https_spiffe nor https_web`]);
  else if (profile.type === 'https_web' && id !== '') found.push([path, 'endpointSPIFFEID is not for https_web']);
  else if (profile.type === 'https_spiffe' && spiffeIdError(id)) found.push([path, `https_spiffe needs endpointSPIFFEID: ${spiffeIdError(id)}`]);
  return found;
}
