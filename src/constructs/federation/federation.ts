import { Construct } from 'constructs';
import { bootstrapStep, checkSteps } from './commands';
import { renderFederatePage } from './federate-page';
import { FederationMember } from './federation-member';
import { FederationPartner } from './federation-partner';
import { FederationTopology } from './federation-topology';
import { partnerCalls, PartnerOfCluster } from './partner-calls';
import { requireMembers } from './requirements';
import { memberRelation, partnerRelations, platformOf, TrustRelation } from './trust-relation';
import { Artifact, Platform, Stage } from '../../delivery';
import { TrustDomain } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { ISpire } from '../spire';
import { ClusterFederatedTrustDomain } from '../spire/federation';

/**
 * Which clusters federate.
 */
export interface FederationProps {
  /**
   * The clusters, each with a trust domain of its own: two or more, or one with partners.
   */
  readonly members: FederationMember[];

  /**
   * Which member trusts which.
   *
   * @default - FederationTopology.fullMesh()
   */
  readonly topology?: FederationTopology;

  /**
   * Trust domains of others, such as other companies, whose side no manifest of ours defines.
   *
   * @default - none
   */
  readonly partners?: FederationPartner[];
}

/**
 * Trust between clusters that have trust domains of their own, and in partners whose clusters are not ours.
 *
 * For each cluster that trusts a trust domain it writes, in the platform of the trusting one: the relation to the other's bundle endpoint, the names
 * under which agents give all bundles to proxies, the trust domains that the mesh accepts, and a page FEDERATE.md with the commands that begin
 * and end the trust. Who may call whom is for an `AccessPolicy` with `federatedMeshes` or `federatedTrustDomains` to say, which also gives the
 * bundles to those who need them.
 *
 * Throws for a cluster in two federations, for a federation with itself, for two clusters of one trust domain or one name, when a trusted cluster has no bundle endpoint, and for a
 * partner with the trust domain or the endpoint of another.
 */
export class Federation extends Construct {
  private readonly relations: TrustRelation[];
  private readonly partners: FederationPartner[];

  public constructor(scope: Construct, id: string, props: FederationProps) {
    super(scope, id);
    requireProps(`Federation '${id}'`, props, { members: 'FederationMember[]', topology: 'FederationTopology?', partners: 'FederationPartner[]?' });
    const { members } = props;
    this.partners = props.partners ?? [];
    requireMembers(members, this.partners);
    const topology = props.topology ?? FederationTopology.fullMesh();
    members.forEach((member) => claim(member));
    this.relations = [
      ...topology._relations(members).map(({ trusting, trusted }) => memberRelation(trusting, trusted)),
      ...this.partners.flatMap((partner) => partnerRelations(members, partner)),
    ];
    this.relations.forEach((relation) => this.define(relation));
    members.forEach((member) => this.definePage(member));
    this.node.addValidation({ validate: () => members.flatMap((member) => this.deafPartners(member)) });
  }

  /**
   * The trust domains that a cluster trusts.
   *
   * @param spire SPIRE of the cluster
   */
  public trustedBy(spire: ISpire): TrustDomain[] {
    return this.trusts(spire).map(({ trusted }) => trusted.trustDomain);
  }

  private trusts(spire: ISpire): TrustRelation[] {
    return this.relations.filter(({ trusting }) => trusting.spire === spire);
  }

  private define(relation: TrustRelation): void {
    const { trusting, trusted } = relation;
    const platform = platformOf(trusting);
    const { apiObject } = new ClusterFederatedTrustDomain(platform, `${this.node.id}-${trusted.spire?.cluster.name ?? trusted.trustDomain}`, {
      spire: trusting.spire,
      trustDomain: trusted.trustDomain,
      bundleEndpointUrl: trusted.url,
      bundleEndpointProfile: trusted.profile,
      bundle: trusted.bootstrap?.knownBundle,
    });
    trusting.mesh?.acceptTrustDomain(trusted.trustDomain);
    const first = bootstrapStep(relation);
    if (first) {
      apiObject.metadata.addAnnotation('checks.cdk8s-spiffe.dev/skip', 'FED-BOOTSTRAP=VERIFY.md has the command that brings the first bundle');
      platform.addStepBefore(Stage.IDENTITIES, first);
    }
    checkSteps(relation).forEach((step) => platform.addStepAfter(Stage.IDENTITIES, step));
  }

  private definePage({ spire }: FederationMember): void {
    const trustedBy = this.relations.filter(({ trusted }) => trusted.spire === spire).map(({ trusting }) => trusting.spire);
    const platform = platformOf({ spire });
    new Artifact(platform, `${this.node.id}-page`, {
      fileName: 'FEDERATE.md',
      purpose: 'whom the cluster trusts, and the commands that begin and end the trust',
      content: {
        render: () => renderFederatePage({ spire, trusts: this.trusts(spire), trustedBy, partners: this.partnersOf(spire) }),
      },
    });
  }

  private partnersOf(spire: ISpire): PartnerOfCluster[] {
    const trusted = this.trustedBy(spire);
    return this.partners.filter(({ trustDomain }) => trusted.includes(trustDomain))
      .map((partner) => ({ partner, calls: partnerCalls(platformOf({ spire }), partner) }));
  }

  /**
   * Both ends of a call verify each other: a partner that has no bundle of ours can neither call nor be called.
   */
  private deafPartners({ spire }: FederationMember): string[] {
    return this.partnersOf(spire).filter(({ partner }) => !partner.trustsBack).flatMap(({ partner: { trustDomain }, calls }) =>
      [...calls.incoming, ...calls.outgoing].map(({ caller, called }) => `'${caller}' is to call '${called}', but partner '${trustDomain}' does not trust `
        + `cluster '${spire.cluster.name}': leave trustsBack: false out, or take the call away`));
  }
}

const FEDERATED = new WeakSet<Platform>();

/**
 * A cluster has one page about its federation.
 */
function claim(member: FederationMember): void {
  const platform = platformOf(member);
  if (FEDERATED.has(platform)) {
    throw new Error(`cluster '${member.spire.cluster.name}' is in two Federations: make one of them, with all members and a topology`);
  }
  FEDERATED.add(platform);
}
