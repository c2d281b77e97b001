import { renderStep, showBundle } from './commands';
import { FederationPartner } from './federation-partner';
import { PartnerCall, PartnerOfCluster } from './partner-calls';
import { stringifyYaml } from '../../formats/yaml';
import { ISpire } from '../spire';
import { rootOf } from '../spire/nested/roots';

/**
 * The part of the page about a partner: what to send, and what to ask for. All of the partner's side that has to agree with ours is in it.
 */
export function renderPartner(spire: ISpire, { partner, calls }: PartnerOfCluster): string[] {
  return [
    `## Partner ${partner.trustDomain}`,
    '',
    ...(partner.trustsBack ? send(spire, calls) : ['It does not fetch our bundle: nothing has to be sent, and no call over the border has mutual TLS.', '']),
    ...ask(spire, partner, calls),
  ];
}

function send(spire: ISpire, { incoming, outgoing }: PartnerOfCluster['calls']): string[] {
  const { trustDomain } = spire.cluster;
  const server = rootOf(spire);
  const { url, needsBootstrap, allowedCidrs } = server.bundleEndpoint!;
  const profile = server.bundleEndpoint!.profileOf(trustDomain);
  const file = `${trustDomain}.bundle`;
  return [
    'Send:',
    '',
    '| what | value |',
    '|---|---|',
    `| trust domain | \`${trustDomain}\` |`,
    `| bundle endpoint | \`${url}\`, profile \`${profile.name}\`${profile.endpointSpiffeId ? `, SPIFFE ID \`${profile.endpointSpiffeId}\`` : ''} |`,
    ...(allowedCidrs.length > 0 ? [`| it answers | ${allowedCidrs.join(', ')}: the addresses from which the partner fetches have to be among them |`] : []),
    ...(needsBootstrap ? [`| first bundle | the file \`${file}\` below, and its SHA-256 by another way than the file |`] : []),
    ...outgoing.map(({ caller, called, port }) => `| we call | \`${caller}\` calls \`${called}\` on port ${port} |`),
    ...incoming.map(({ caller, called, port }) => `| we take calls | of \`${caller}\` at \`${called}\`, port ${port} |`),
    '',
    ...(needsBootstrap ? renderStep({ purpose: 'Make the file with the first bundle', command: `${showBundle(server)} > ${file}\nsha256sum ${file}` }) : []),
    'The partner needs, where the SPIRE controller manager runs:',
    '',
    '```yaml',
    stringifyYaml([{
      apiVersion: 'spire.spiffe.io/v1alpha1',
      kind: 'ClusterFederatedTrustDomain',
      metadata: { name: trustDomain.name.replaceAll('_', '-') },
      spec: {
        trustDomain: trustDomain.name,
        bundleEndpointURL: url,
        bundleEndpointProfile: { type: profile.name, ...(profile.endpointSpiffeId ? { endpointSPIFFEID: profile.endpointSpiffeId.uri } : {}) },
        ...(needsBootstrap ? { trustDomainBundle: `<the text of ${file}>` } : {}),
      },
    }]).trimEnd(),
    '```',
    '',
    'and where it does not:',
    '',
    '```sh',
    [
      `spire-server federation create -trustDomain ${trustDomain} -bundleEndpointURL ${url} -bundleEndpointProfile ${profile.name}`,
      ...(profile.endpointSpiffeId ? [`-endpointSpiffeID ${profile.endpointSpiffeId}`] : []),
      ...(needsBootstrap ? [`-trustDomainBundlePath ${file} -trustDomainBundleFormat spiffe`] : []),
    ].join(' \\\n  '),
    '```',
    '',
    `and in both cases: \`federatesWith\` \`${trustDomain}\` in the entries of those workloads, in a mesh of Istio \`meshConfig.caCertificates: [{trustDomains: [${trustDomain}]}]\` `
    + '(never `trustDomainAliases`), and proxies that take all bundles under one name, or trust does not end when they end it.',
    '',
  ];
}

function ask(spire: ISpire, partner: FederationPartner, { incoming, outgoing }: PartnerOfCluster['calls']): string[] {
  const { trustDomain, bundleEndpointUrl, bundleEndpointProfile: profile, bootstrap } = partner;
  const source = bootstrap?.source;
  const file = `${trustDomain}.bundle`;
  const named = identities(incoming, outgoing);
  return [
    'Ask for:',
    '',
    `- that \`${bundleEndpointUrl}\` answers from here${profile.endpointSpiffeId ? `, with an SVID of \`${profile.endpointSpiffeId}\`` : ', with a certificate that every system trusts'}`,
    ...(bootstrap ? [`- its bundle (\`spire-server bundle show -format spiffe\`) as a file, and the SHA-256 of the file by another way; ${source
      ? `it goes into ConfigMap ${source.namespace}/${source.name}, key \`${source.key}\`` : 'it is in the manifests already'}`] : []),
    ...(named.length > 0 ? [`- that these identities are right, letter by letter: ${named.map((id) => `\`${id}\``).join(', ')}`] : []),
    '- a word before its endpoint or the ID of its endpoint changes: new keys come by themselves, those do not',
    '',
    ...(source ? renderStep({
      purpose: 'Compare the SHA-256 of the file, then put it where the first bundle is taken from',
      command: `sha256sum ${file}\nkubectl --context ${spire.cluster.name} -n ${source.namespace} create configmap ${source.name} --from-file=${source.key}=${file}`,
      expected: `configmap/${source.name} created`,
    }) : []),
  ];
}

function identities(incoming: PartnerCall[], outgoing: PartnerCall[]): string[] {
  return [...new Set([...incoming.map(({ caller }) => caller), ...outgoing.map(({ called }) => called)])].filter((id) => !id.endsWith('*')).sort();
}
