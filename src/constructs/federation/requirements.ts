import { FederationMember } from './federation-member';
import { FederationPartner } from './federation-partner';
import { ISpire } from '../spire';
import { SpireHelmRelease } from '../spire/helm-release';
import { rootOf } from '../spire/nested/roots';

/**
 * Refuses clusters and partners that cannot federate with each other.
 */
export function requireMembers(members: FederationMember[], partners: FederationPartner[]): void {
  const clusters = members.map(({ spire }) => spire.cluster);
  if (members.length === 0 || members.length + partners.length < 2) {
    throw new Error(`a federation of ${clusters.map(({ name }) => `'${name}'`).join(', ') || 'no cluster'} federates with nobody: name two clusters or more, or a partner`);
  }
  members.forEach((member, index) => requireMember(member, members.slice(0, index).map(({ spire }) => spire)));
  if (members.length > 1 && partners.length === 0 && new Set(members.map(({ spire }) => rootOf(spire))).size === 1) {
    throw new Error(`clusters ${clusters.map(({ name }) => `'${name}'`).join(', ')} have one root, so they trust each other without a federation: `
      + 'name a cluster of another trust domain, or a partner');
  }
  partners.forEach((partner, index) => requirePartner(partner, members, partners.slice(0, index)));
}

function requireMember({ spire, mesh }: FederationMember, before: ISpire[]): void {
  const { cluster: { name, trustDomain } } = spire;
  const others = before.filter((other) => rootOf(other) !== rootOf(spire));
  if (spire instanceof SpireHelmRelease) {
    throw new Error(`SPIRE of cluster '${name}' is a Helm release, whose agents' names of bundles and bundle endpoint are set by its values: `
      + 'define it as a Spire, or use ClusterFederatedTrustDomain and the values spire-agent.sds and spire-server.federation');
  }
  if (before.includes(spire)) {
    throw new Error(`cluster '${name}' is in the federation twice, it would federate with itself: name each cluster once`);
  }
  if (before.some((other) => other.cluster.name === name)) {
    throw new Error(`two clusters of the federation are called '${name}': rename one, commands name clusters`);
  }
  const same = others.find((other) => other.cluster.trustDomain.sameAs(trustDomain));
  if (same) {
    throw new Error(`clusters '${same.cluster.name}' and '${name}' have one trust domain '${trustDomain}' but roots of their own: `
      + 'give each a trust domain, or share one root with a nested SPIRE server');
  }
  const endpoint = rootOf(spire).bundleEndpoint;
  if (endpoint && others.some((other) => rootOf(other).bundleEndpoint?.url === endpoint.url)) {
    throw new Error(`bundle endpoint '${endpoint.url}' of cluster '${name}' is that of another cluster: give each a host of its own`);
  }
  if (mesh && mesh.spire !== spire) {
    throw new Error(`the mesh in the federation's member '${name}' has its identities from SPIRE of cluster '${mesh.spire.cluster.name}': `
      + 'pair each mesh with its own SPIRE');
  }
}

function requirePartner({ trustDomain, bundleEndpointUrl: url }: FederationPartner, members: FederationMember[], before: FederationPartner[]): void {
  const own = members.find(({ spire }) => spire.cluster.trustDomain.sameAs(trustDomain));
  if (own) {
    throw new Error(`partner '${trustDomain}' has the trust domain of cluster '${own.spire.cluster.name}', which would federate with itself: `
      + 'remove the partner, a cluster of ours is a member');
  }
  if (before.some((other) => other.trustDomain.sameAs(trustDomain))) {
    throw new Error(`partner '${trustDomain}' is in the federation twice: name each partner once`);
  }
  if ([...members.map(({ spire }) => rootOf(spire).bundleEndpoint?.url), ...before.map((other) => other.bundleEndpointUrl)].includes(url)) {
    throw new Error(`bundle endpoint '${url}' of partner '${trustDomain}' is that of another trust domain: an endpoint serves one bundle, ask the partner for its own`);
  }
}
