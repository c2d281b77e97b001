import { Construct } from 'constructs';
import { bootstrapStep, checkSteps } from './commands';
import { renderFederatePage } from './federate-page';
import { FederationMember } from './federation-member';
import { FederationPartner } from './federation-partner';
import { FederationTopology } from './federation-topology';
import { partnerCalls, PartnerOfCluster } from './partner-calls';
import { requireMembers } from './requirements';
import { memberRelations, partnerRelations, platformOf, TrustRelation } from './trust-relation';
import { Artifact, Platform, Stage } from '../../delivery';
import { TrustDomain } from '../../identity';
import { requireProps } from '../../identity/require-props';
import { ISpire } from '../spire';
import { ClusterFederatedTrustDomain } from '../spire/federation';
import { rootOf } from '../spire/nested/roots';

/**
 * Which clusters federate.
 */
export interface FederationProps {
  /**
   * The clusters, of two trust domains or more, or of one with partners. Those below the root of a `NestedSpire` share theirs, others have their own.
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
 * Clusters below the root of a `NestedSpire` are members like any other, of one trust domain: each trusts by itself, as its server has a store of its
 * own, and others trust all of them at once, by the bundle endpoint of the root.
 *
 * Throws for a cluster in two federations, for a federation with itself, for two clusters of one name, or of one trust domain with two roots, when a
 * trusted cluster or its root has no bundle endpoint, and for a partner with the trust domain or the endpoint of another.
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
    this.relations = [
      ...memberRelations(topology._relations(members)),
      ...this.partners.flatMap((partner) => partnerRelations(members, partner)),
    ];
    const places = [...members.map(({ spire }) => spire), ...this.rootsBeside(members)];
    places.forEach((spire) => claim(platformOf({ spire })));
    this.relations.forEach((relation) => this.define(relation));
    places.forEach((spire) => this.definePage(spire));
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
    const { apiObject } = new ClusterFederatedTrustDomain(platform, `${this.node.id}-${trusted.clusters[0]?.cluster.name ?? trusted.trustDomain}`, {
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

  /**
   * The roots above members that are none themselves: where others fetch their bundle, their endpoint is part of the federation.
   */
  private rootsBeside(members: FederationMember[]): ISpire[] {
    const roots = new Set(members.map(({ spire }) => rootOf(spire)));
    members.forEach(({ spire }) => roots.delete(spire));
    return [...roots].filter((root) => this.callersOf(root).length > 0);
  }

  private callersOf(root: ISpire): string[] {
    const trusting = this.relations.filter(({ trusted }) => trusted.server === root)
      .map(({ trusting: { spire: { cluster } } }) => `${cluster.name} (${cluster.trustDomain})`);
    const trusted = this.relations.filter((relation) => rootOf(relation.trusting.spire) === root).map((relation) => relation.trusted.trustDomain);
    const partners = this.partners.filter(({ trustsBack, trustDomain }) => trustsBack && trusted.some((one) => one.sameAs(trustDomain)));
    return [...trusting, ...partners.map(({ trustDomain }) => `partner ${trustDomain}`)];
  }

  private definePage(spire: ISpire): void {
    const root = rootOf(spire);
    const trustsOfSiblings = this.relations.filter(({ trusting }) => trusting.spire !== spire && rootOf(trusting.spire) === root);
    new Artifact(platformOf({ spire }), `${this.node.id}-page`, {
      fileName: 'FEDERATE.md',
      purpose: 'whom the cluster trusts, and the commands that begin and end the trust',
      content: {
        render: () => renderFederatePage({
          spire, trusts: this.trusts(spire), trustsOfSiblings, callers: this.callersOf(root), partners: this.partnersOf(spire),
        }),
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
function claim(platform: Platform): void {
  if (FEDERATED.has(platform)) {
    throw new Error(`cluster '${platform.cluster.name}' is in two Federations: make one of them, with all members and a topology`);
  }
  FEDERATED.add(platform);
}
