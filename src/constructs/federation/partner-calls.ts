import { FederationPartner } from './federation-partner';
import { PartnerService } from './partner-service';
import { Platform } from '../../delivery';
import { TrustDomain } from '../../identity';
import { AccessAction, AccessPolicy, AccessSource } from '../access';

/**
 * A call between a workload of ours and one of a partner, as SPIFFE IDs.
 */
export interface PartnerCall {
  /** With `*` at its end it is everybody of the partner. */
  readonly caller: string;
  readonly called: string;
  readonly port: number;
}

/**
 * A partner of one cluster, with the calls over the border.
 */
export interface PartnerOfCluster {
  readonly partner: FederationPartner;
  readonly calls: { readonly incoming: PartnerCall[]; readonly outgoing: PartnerCall[] };
}

/**
 * The calls that the manifests of a cluster name: those that its access policies allow to the partner, and those to services of the partner.
 */
export function partnerCalls(platform: Platform, { trustDomain }: FederationPartner): PartnerOfCluster['calls'] {
  const constructs = platform.node.findAll();
  const policies = constructs.filter((construct): construct is AccessPolicy => construct instanceof AccessPolicy);
  const services = constructs.filter((construct): construct is PartnerService => construct instanceof PartnerService);
  const allowed = policies.flatMap((policy) => policy.statements).filter(({ action }) => action === AccessAction.ALLOW);
  const incoming = allowed.flatMap(({ source, destination, port }) => {
    const caller = callerOf(source, trustDomain);
    return caller ? [{ caller, called: destination.identity.spiffeId.uri, port }] : [];
  });
  const outgoing = services.map((service) => service._settings).filter(({ partner }) => partner.trustDomain.sameAs(trustDomain))
    .flatMap(({ callers, identities, port }) => callers.flatMap(({ identity }) =>
      identities.map((called) => ({ caller: identity.spiffeId.uri, called: called.uri, port }))));
  return { incoming: distinct(incoming), outgoing: distinct(outgoing) };
}

function callerOf({ _caller: caller }: AccessSource, partner: TrustDomain): string | undefined {
  switch (caller.kind) {
    case 'trustDomain': return caller.trustDomain.sameAs(partner) ? `${partner.uri}/*` : undefined;
    case 'identity': return caller.spiffeId.trustDomain.sameAs(partner) ? caller.spiffeId.uri : undefined;
    default: return undefined;
  }
}

function distinct(calls: PartnerCall[]): PartnerCall[] {
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}
