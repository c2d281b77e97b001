import { Construct } from 'constructs';
import { BundleBootstrap } from './bundle-bootstrap';
import { FederationMember } from './federation-member';
import { FederationPartner } from './federation-partner';
import { Platform } from '../../delivery';
import { TrustDomain } from '../../identity';
import { ISpire } from '../spire';
import { BundleEndpointProfile } from '../spire/federation';

/**
 * One cluster that trusts a trust domain.
 */
export interface TrustRelation {
  readonly trusting: FederationMember;
  readonly trusted: Trusted;
}

/**
 * A trust domain that is trusted: that of a cluster, or that of a partner.
 */
export interface Trusted {
  readonly trustDomain: TrustDomain;
  readonly url: string;
  readonly profile: BundleEndpointProfile;

  /**
   * How its first bundle comes; undefined when none has to be brought.
   */
  readonly bootstrap?: BundleBootstrap;

  /**
   * SPIRE of the cluster; undefined for a partner.
   */
  readonly spire?: ISpire;
}

/**
 * The platform of a member, in which its objects are defined.
 */
export function platformOf({ spire }: FederationMember): Platform {
  if (!Construct.isConstruct(spire)) {
    throw new Error(`SPIRE of cluster '${spire.cluster.name}' is no construct: define or import it in the Platform of its cluster`);
  }
  return Platform.of(spire);
}

/**
 * One member that trusts another.
 */
export function memberRelation(trusting: FederationMember, { spire, bootstrap }: FederationMember): TrustRelation {
  const { cluster, bundleEndpoint } = spire;
  if (!bundleEndpoint) {
    throw new Error(`cluster '${trusting.spire.cluster.name}' is to trust '${cluster.name}', whose SPIRE has no bundle endpoint: give its server a bundleEndpoint`);
  }
  const { trustDomain } = cluster;
  if (bootstrap && !bundleEndpoint.needsBootstrap) {
    throw new Error(`cluster '${cluster.name}' has a bootstrap for a https_web endpoint, from which the first bundle comes as all others do: remove the bootstrap`);
  }
  return {
    trusting,
    trusted: {
      trustDomain,
      url: bundleEndpoint.url,
      profile: bundleEndpoint.profileOf(trustDomain),
      bootstrap: bundleEndpoint.needsBootstrap ? bootstrap ?? BundleBootstrap.exchange() : undefined,
      spire,
    },
  };
}

/**
 * The members that trust a partner.
 */
export function partnerRelations(members: FederationMember[], partner: FederationPartner): TrustRelation[] {
  const { trustDomain, bundleEndpointUrl: url, bundleEndpointProfile: profile, bootstrap } = partner;
  const stranger = partner._trustedBy?.find((spire) => !members.some((member) => member.spire === spire));
  if (stranger) {
    throw new Error(`partner '${trustDomain}' is trusted by cluster '${stranger.cluster.name}', which is no member of the federation: add it to the members`);
  }
  const trusting = members.filter(({ spire }) => partner._trustedBy?.includes(spire) ?? true);
  const closed = trusting.find(({ spire }) => !spire.bundleEndpoint);
  if (closed && partner.trustsBack) {
    throw new Error(`partner '${trustDomain}' is to trust cluster '${closed.spire.cluster.name}', whose SPIRE has no bundle endpoint: `
      + 'give its server a bundleEndpoint, or say trustsBack: false');
  }
  return trusting.map((member) => ({ trusting: member, trusted: { trustDomain, url, profile, bootstrap } }));
}
