import { Section } from './helm-section';

const COMMON = ['name', 'annotations', 'labels', 'enabled'];

/** What the chart takes in identities of each kind, and what it needs. */
const KINDS: Readonly<Record<string, { readonly fields: readonly string[]; readonly needed: readonly string[] }>> = {
  clusterSPIFFEIDs: {
    fields: ['type', 'admin', 'dnsNameTemplates', 'downstream', 'federatesWith', 'jwtTTL', 'namespaceSelector', 'podSelector', 'spiffeIDTemplate', 'ttl',
      'workloadSelectorTemplates', 'autoPopulateDNSNames', 'fallback', 'hint'],
    needed: [],
  },
  clusterStaticEntries: {
    fields: ['admin', 'dnsNames', 'downstream', 'federatesWith', 'hint', 'jwtSVIDTTL', 'parentID', 'selectors', 'spiffeID', 'x509SVIDTTL'],
    needed: ['spiffeID', 'selectors', 'parentID'],
  },
  clusterFederatedTrustDomains: {
    fields: ['bundleEndpointProfile', 'bundleEndpointURL', 'trustDomain', 'trustDomainBundle'],
    needed: ['bundleEndpointProfile', 'bundleEndpointURL', 'trustDomain'],
  },
};

const TYPES = ['base', 'raw', 'spire-ha-agent', 'child-servers', 'oidc-discovery-provider', 'oidc-discovery-provider-common', 'spike-keeper', 'spike-nexus',
  'spike-bootstrap', 'spike-pilot', 'spire-identity-exchange', 'test-keys'];

/** What the chart refuses in the identities, entries and federations of a server. */
export function chartIdentities(part: Section): void {
  for (const [kind, { fields, needed }] of Object.entries(KINDS)) {
    const root = `controllerManager.identities.${kind}`;
    for (const name of part.keys(root)) {
      const path = ['controllerManager', 'identities', kind, name];
      // names with a dot are no path
      if (name.includes('.')) continue;
      const given = part.keys(path.join('.'));
      for (const field of given) {
        part.refuseIn(![...COMMON, ...fields].includes(field), [...path, field], `${field} is no field of ${kind}`);
      }
      if (given.length === 0 || name.startsWith('spire-identity-exchange')) continue;
      // the chart itself has entries of these names
      for (const field of needed) part.refuseIn(!given.includes(field) && part.get([...path, field].join('.')) === undefined, path, `${name} has no ${field}`);
      if (kind === 'clusterSPIFFEIDs' && given.includes('type')) part.oneOf([...path, 'type'].join('.'), TYPES, 'base');
    }
  }
}
