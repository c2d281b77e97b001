import { Construct } from 'constructs';
import { BundleBootstrap } from './bundle-bootstrap';
import { FederationMember } from './federation-member';
import { FederationPartner } from './federation-partner';
import { Platform } from '../../delivery';
import { TrustDomain } from '../../identity';
import { ISpire } from '../spire';
import { BundleEndpointProfile } from '../spire/federation';
import { rootOf } from '../spire/nested/roots';

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
   * The clusters with the trust domain: one, several below one root, or none for a partner.
   */
  readonly clusters: ISpire[];

  /**
   * SPIRE whose server serves the bundle, which may be in a cluster that is no member; undefined for a partner.
   */
  readonly server?: ISpire;
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
 * Members that trust others. Clusters below one root are one trust domain, which is trusted once.
 */
export function memberRelations(pairs: { readonly trusting: FederationMember; readonly trusted: FederationMember }[]): TrustRelation[] {
  const grouped = new Map<FederationMember, Map<ISpire, FederationMember[]>>();
  for (const { trusting, trusted } of pairs) {
    const [byRoot, root] = [grouped.get(trusting) ?? new Map<ISpire, FederationMember[]>(), rootOf(trusted.spire)];
    grouped.set(trusting, byRoot.set(root, [...byRoot.get(root) ?? [], trusted]));
  }
  return [...grouped].flatMap(([trusting, byRoot]) => [...byRoot].map(([server, trusted]) => memberRelation(trusting, server, trusted)));
}

function memberRelation(trusting: FederationMember, server: ISpire, trusted: FederationMember[]): TrustRelation {
  const { cluster: { name, trustDomain } } = trusted[0].spire;
  const { bundleEndpoint } = server;
  if (!bundleEndpoint) {
    const where = `cluster '${trusting.spire.cluster.name}' is to trust '${name}', whose`;
    throw new Error(server === trusted[0].spire ? `${where} SPIRE has no bundle endpoint: give its server a bundleEndpoint`
      : `${where} root in cluster '${server.cluster.name}' has no bundle endpoint: give rootSpire.server of its NestedSpire a bundleEndpoint`);
  }
  const bootstrap = bootstrapOf(trusted);
  if (bootstrap && !bundleEndpoint.needsBootstrap) {
    throw new Error(`cluster '${name}' has a bootstrap for a https_web endpoint, from which the first bundle comes as all others do: remove the bootstrap`);
  }
  return {
    trusting,
    trusted: {
      trustDomain,
      url: bundleEndpoint.url,
      profile: bundleEndpoint.profileOf(trustDomain),
      bootstrap: bundleEndpoint.needsBootstrap ? bootstrap ?? BundleBootstrap.exchange() : undefined,
      clusters: trusted.map(({ spire }) => spire),
      server,
    },
  };
}

function bootstrapOf(members: FederationMember[]): BundleBootstrap | undefined {
  const [first, second] = members.filter(({ bootstrap }) => bootstrap !== undefined);
  if (second && first.bootstrap !== second.bootstrap) {
    throw new Error(`clusters '${first.spire.cluster.name}' and '${second.spire.cluster.name}' have one root, so one bundle, and two bootstraps: leave one of them out`);
  }
  return first?.bootstrap;
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
  const closed = trusting.find(({ spire }) => !rootOf(spire).bundleEndpoint);
  if (closed && partner.trustsBack) {
    throw new Error(`partner '${trustDomain}' is to trust cluster '${closed.spire.cluster.name}', whose ${rootOf(closed.spire) === closed.spire ? 'SPIRE' : 'root'} has no bundle endpoint: `
      + 'give its server a bundleEndpoint, or say trustsBack: false');
  }
  return trusting.map((member) => ({ trusting: member, trusted: { trustDomain, url, profile, bootstrap, clusters: [] } }));
}
