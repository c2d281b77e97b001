import { ApiObject } from 'cdk8s';
import { Platform } from '../../../delivery';
import { HclBody } from '../../../formats/hcl';
import { TrustDomain } from '../../../identity';
import { PodNetwork } from '../network/pod-network';

const FEDERATED = new WeakMap<Platform, Set<string>>();
const SERVERS = new WeakMap<Platform, PodNetwork>();

/**
 * Says whose server fetches the bundles of other trust domains.
 */
export function serveFederation(platform: Platform, network: PodNetwork): void {
  SERVERS.set(platform, network);
}

/**
 * Whether the cluster federates with another trust domain by a relation that was defined before.
 */
export function isMarkedFederated(platform: Platform, trustDomain: TrustDomain): boolean {
  return FEDERATED.get(platform)?.has(trustDomain.name) === true;
}

/**
 * Says that the cluster federates with another trust domain, whose bundle its server fetches.
 */
export function markFederated(platform: Platform, trustDomain: TrustDomain, bundleEndpointUrl: string): void {
  FEDERATED.set(platform, (FEDERATED.get(platform) ?? new Set()).add(trustDomain.name));
  SERVERS.get(platform)?.callUrl(`trust bundle of ${trustDomain}`, bundleEndpointUrl);
}

/**
 * Refuses a trust domain whose bundle the server of the cluster does not fetch: it would refuse every entry that names it.
 *
 * @returns what is wrong, if anything; nothing for a server that is not defined here
 */
export function unknownPartners(platform: Platform, owner: string, partners: TrustDomain[]): string[] {
  const unknown = SERVERS.has(platform) ? partners.filter(({ name }) => !isFederated(platform, name)) : [];
  return unknown.map((partner) => `${owner} federates with '${partner}', which nothing defines, and SPIRE refuses such entries: `
    + 'add a Federation or a ClusterFederatedTrustDomain');
}

/**
 * Objects that somebody wrote by hand count too.
 */
function isFederated(platform: Platform, trustDomain: string): boolean {
  return FEDERATED.get(platform)?.has(trustDomain) === true || platform.node.findAll().some((object) =>
    ApiObject.isApiObject(object) && object.kind === 'ClusterFederatedTrustDomain' && object.toJson().spec?.trustDomain === trustDomain);
}

/**
 * Writes under which names the agents of a cluster that federates give bundles to Envoy, once; others keep SPIRE's own names.
 */
export function writeSdsNames(agent: HclBody, platform: Platform): void {
  if (!FEDERATED.has(platform) || agent.entries.some((entry) => entry.kind === 'block' && entry.key === 'sds')) {
    return;
  }
  const sds = agent.block('sds');
  sds.comment('Istio\'s proxies ask for ROOTCA: it has to hold all bundles, and a proxy that asks for one by name would keep it after a revocation');
  sds.attributes({ default_bundle_name: 'null', default_all_bundles_name: 'ROOTCA' });
}
