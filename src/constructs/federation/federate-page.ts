import { bootstrapStep, checkSteps, renderStep, revokeSteps } from './commands';
import { remoteSecrets } from './discovery';
import { PartnerOfCluster } from './partner-calls';
import { renderPartner } from './partner-page';
import { TrustRelation } from './trust-relation';
import { ISpire } from '../spire';

/**
 * What the page of one cluster tells of.
 */
export interface FederatePageOptions {
  readonly spire: ISpire;
  readonly trusts: TrustRelation[];
  readonly trustedBy: ISpire[];
  readonly partners: PartnerOfCluster[];
}

/**
 * The page for one cluster of a federation: whom it trusts, how trust begins, and how it ends.
 */
export function renderFederatePage({ spire, trusts, trustedBy, partners }: FederatePageOptions): string {
  const { name, trustDomain } = spire.cluster;
  const endpoint = spire.bundleEndpoint;
  const callers = [
    ...trustedBy.map((one) => `${one.cluster.name} (${one.cluster.trustDomain})`),
    ...partners.filter(({ partner }) => partner.trustsBack).map(({ partner }) => `partner ${partner.trustDomain}`),
  ];
  return [
    `# Federation of ${name} (${trustDomain})`,
    '',
    'Contexts of kubectl are named as the clusters.',
    '',
    callers.length > 0
      ? `Trusted by ${callers.join(', ')}: the bundle is fetched from ${endpoint!.url}. `
        + `\`${endpoint!.host}\` has to lead to the load balancer of Service ${spire.serverNamespace}/spire-server-bundle-endpoint.`
      : 'Trusted by nobody.',
    '',
    ...(trusts.length === 0 ? ['Trusts nobody.', ''] : [
      '| trusts | cluster | endpoint | profile |',
      '|---|---|---|---|',
      ...trusts.map(row),
      '',
    ]),
    ...partners.flatMap((partner) => renderPartner(spire, partner)),
    ...trusts.flatMap((relation) => begin(relation)),
    ...trusts.flatMap((relation) => end(relation)),
  ].join('\n');
}

function row({ trusted: { trustDomain, url, profile, spire } }: TrustRelation): string {
  return `| ${trustDomain} | ${spire?.cluster.name ?? 'not ours'} | ${url} | ${profile.name} |`;
}

function begin(relation: TrustRelation): string[] {
  const first = bootstrapStep(relation);
  return [
    `## Trust ${relation.trusted.trustDomain}`,
    '',
    ...(first ? [] : ['The first bundle needs no command.', '']),
    ...[...(first ? [first] : []), ...checkSteps(relation)].flatMap(renderStep),
  ];
}

function end(relation: TrustRelation): string[] {
  const { trusting, trusted: { trustDomain, spire } } = relation;
  return [
    `## REVOKE trust in ${trustDomain}`,
    '',
    'Copy this section first: the page of the next synthesis no longer has it.',
    '',
    `Take ${spire?.cluster.name ?? 'the partner'} out of the federation in code, with the access rules that name its workloads, and roll out as VERIFY.md says`
    + `${trusting.mesh ? ', Istio in stage 50-mesh included' : ''}: relation, accepted trust domain and policies go. `
    + 'The server keeps the bundle all the same, and with it every proxy, until these commands. '
    + `${spire ? `They end the trust of this cluster; that of ${spire.cluster.name} in this one is ended by its own page.` : 'They end the trust of this cluster; ask the partner to end its own.'}`,
    '',
    ...revokeSteps(relation).flatMap(renderStep),
    ...(spire ? remoteSecrets(spire, trusting.spire) : []).flatMap(({ _settings: { store } }) => (store ? [
      `Take the credentials with which ${spire!.cluster.name} reads this cluster out of the secret store (key \`${store.key}\`), and end them.`, '',
    ] : [])),
  ];
}
