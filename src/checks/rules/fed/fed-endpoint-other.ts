import { dnsNamesOf } from '../../../model/kubernetes/service';
import { Manifest, Path, asObject, asText } from '../../../model/manifest';
import { ServedBundle, bundleServerOf, servedBundles } from '../../../model/spire/bundle-endpoint';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEndpointOther: Rule = {
  id: 'FED-ENDPOINT-OTHER',
  level: Level.ERROR,
  title: 'a relation does not agree with the cluster that serves the bundle',
  why: 'the bundle can never be fetched',
  fix: 'take URL, profile and SPIFFE ID from the other cluster',
  source: 'observed: runs of SPIRE 1.15.3; doc/spire_server.md',
  check: (system, report) => {
    for (const relation of federatedTrustDomains(system)) {
      const domain = asText(relation.spec.trustDomain);
      const other = bundleServerOf(system, domain);
      if (!other || other.servers.length === 0) continue;
      const [served] = servedBundles(other);
      if (!served) report.at(relation, ['spec', 'trustDomain'], `the server of "${domain}" has no bundle_endpoint`);
      for (const [path, message] of served ? problems(relation, served) : []) report.at(relation, path, message);
    }
  },
};

function problems({ spec }: Manifest, { profile, acmeName, services }: ServedBundle): [Path, string][] {
  const found: [Path, string][] = [];
  const { type, endpointSPIFFEID } = asObject(spec.bundleEndpointProfile);
  const id = `spiffe://${asText(spec.trustDomain).replace(/^spiffe:\/\//, '')}/spire/server`;
  const [, host, port, path] = /^https:\/\/([^/:]+)(?::(\d+))?(\/.+)?/i.exec(asText(spec.bundleEndpointURL)) ?? [];
  if (type !== profile) found.push([['spec', 'bundleEndpointProfile', 'type'], `type is ${asText(type)}, the other server serves with profile ${profile}`]);
  else if (profile === 'https_spiffe' && endpointSPIFFEID !== id) found.push([['spec', 'bundleEndpointProfile', 'endpointSPIFFEID'], `endpointSPIFFEID is "${asText(endpointSPIFFEID)}", a SPIRE server answers as ${id}`]);
  if (path !== undefined) found.push([['spec', 'bundleEndpointURL'], `the URL has path ${path}, a SPIRE server has its bundle at / only`]);
  if (acmeName !== '' && host !== undefined && host !== acmeName) found.push([['spec', 'bundleEndpointURL'], `the URL has host ${host}, the certificate of the other endpoint is for ${acmeName}`]);
  if (!services || services.length === 0 || host === undefined) return found;
  const ports = [...new Set(services.map(service => service.port))];
  if (!ports.includes(Number(port ?? 443))) found.push([['spec', 'bundleEndpointURL'], `the URL has port ${port ?? 443}, the Service before the other endpoint has ${ports.join(', ')}`]);
  const names = [...new Set(services.flatMap(({ service }) => dnsNamesOf(service)))];
  if (names.length > 0 && !names.includes(host)) found.push([['spec', 'bundleEndpointURL'], `the URL has host ${host}, the Service before the other endpoint is ${names.join(', ')}`]);
  return found;
}
