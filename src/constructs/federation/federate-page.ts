import { bootstrapStep, checkSteps, renderStep, revokeSteps } from './commands';
import { remoteSecrets } from './discovery';
import { PartnerOfCluster } from './partner-calls';
import { renderPartner } from './partner-page';
import { TrustRelation } from './trust-relation';
import { ISpire } from '../spire';
import { rootOf } from '../spire/nested/roots';

/**
 * What the page of one cluster tells of.
 */
export interface FederatePageOptions {
  readonly spire: ISpire;
  readonly trusts: TrustRelation[];
  /** What the other clusters below the same root trust, each by itself. */
  readonly trustsOfSiblings: TrustRelation[];
  /** Who fetches the bundle of the trust domain, for people. */
  readonly callers: string[];
  readonly partners: PartnerOfCluster[];
}

/**
 * The page for one cluster of a federation: whom it trusts, how trust begins, and how it ends.
 */
export function renderFederatePage({ spire, trusts, trustsOfSiblings, callers, partners }: FederatePageOptions): string {
  const { name, trustDomain } = spire.cluster;
  const server = rootOf(spire);
  const endpoint = server.bundleEndpoint;
  return [
    `# Federation of ${name} (${trustDomain})`,
    '',
    'Contexts of kubectl are named as the clusters. VERIFY.md has the commands that begin trust in their place in the roll-out, at stage 40-identities; '
    + 'here they are by trust domain, with those that end it.',
    '',
    callers.length > 0
      ? `Trusted by ${callers.join(', ')}: the bundle is fetched from ${endpoint!.url}. `
        + `\`${endpoint!.host}\` has to lead to the load balancer of Service ${server.serverNamespace}/spire-server-bundle-endpoint${server === spire ? '' : ` of cluster ${server.cluster.name}, which has the root`}.`
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
    ...trusts.flatMap((relation) => end(relation, trustsOfSiblings)),
  ].join('\n');
}

function row({ trusted: { trustDomain, url, profile, clusters } }: TrustRelation): string {
  return `| ${trustDomain} | ${namesOf(clusters) || 'not ours'} | ${url} | ${profile.name} |`;
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

function end(relation: TrustRelation, trustsOfSiblings: TrustRelation[]): string[] {
  const { trusting, trusted: { trustDomain, clusters } } = relation;
  const siblings = trustsOfSiblings.filter(({ trusted }) => trusted.trustDomain.sameAs(trustDomain)).map((sibling) => sibling.trusting.spire);
  const others = namesOf(clusters);
  return [
    `## REVOKE trust in ${trustDomain}`,
    '',
    'Copy this section first: the page of the next synthesis no longer has it.',
    '',
    `Take ${others || 'the partner'} out of the federation in code, with the access rules that name its workloads, and roll out as VERIFY.md says`
    + `${trusting.mesh ? ', Istio in stage 50-mesh included' : ''}: relation, accepted trust domain and policies go. `
    + 'The server keeps the bundle all the same, and with it every proxy, until these commands. '
    + `${others ? `They end the trust of this cluster; that of ${others} in this one is ended by ${clusters.length > 1 ? 'the page of each' : 'its own page'}.`
      : 'They end the trust of this cluster; ask the partner to end its own.'}`
    + `${siblings.length > 0 ? ` ${namesOf(siblings)} ${siblings.length > 1 ? 'have servers of their own, which keep' : 'has a server of its own, which keeps'} the bundle as well: `
      + `run the section of ${siblings.length > 1 ? 'their pages' : 'its page'}, too.` : ''}`,
    '',
    ...revokeSteps(relation).flatMap(renderStep),
    ...clusters.flatMap((cluster) => remoteSecrets(cluster, trusting.spire).flatMap(({ _settings: { store } }) => (store ? [
      `Take the credentials with which ${cluster.cluster.name} reads this cluster out of the secret store (key \`${store.key}\`), and end them.`, '',
    ] : []))),
  ];
}

function namesOf(clusters: ISpire[]): string {
  return clusters.map(({ cluster }) => cluster.name).join(', ').replace(/, ([^,]*)$/, ' and $1');
}
