import type { ProxyMesh, ProxyWorkload, SentRequest } from './istio-authorization';

/**
 * Whether a connection comes about: by the mode of its port, and by the trust domain of the peer.
 */
export function acceptsTransport(policies: any[], workload: ProxyWorkload, { transport, identity, port }: SentRequest, mesh: ProxyMesh): boolean {
  const mode = modeOf(policies, workload, port, mesh.rootNamespace);
  if (transport === 'plaintext') {
    return mode !== 'STRICT';
  }
  const domain = /^spiffe:\/\/([^/]+)/.exec(identity ?? '')?.[1];
  return mode !== 'DISABLE' && transport === 'mtls' && domain !== undefined
    && [mesh.trustDomain, ...mesh.trustDomainAliases, ...mesh.caCertificatesTrustDomains].includes(domain);
}

function modeOf(policies: any[], { namespace, labels }: ProxyWorkload, port: number, rootNamespace: string): string {
  const hasSelector = ({ spec }: any) => Object.keys(spec.selector?.matchLabels ?? {}).length > 0;
  const here = policies.filter(({ metadata }) => metadata.namespace === namespace);
  const workload = oldest(here.filter((one) => hasSelector(one) && namespace !== rootNamespace
    && Object.entries(one.spec.selector.matchLabels).every(([key, value]) => labels[key] === value)));
  const root = policies.filter(({ metadata }) => metadata.namespace === rootNamespace);
  const levels = [workload, ...[here, root].map((level) => oldest(level.filter((one) => !hasSelector(one))))];
  const modes = [workload?.spec.portLevelMtls?.[port]?.mode, ...levels.map((one) => one?.spec.mtls?.mode)];
  return modes.find((mode) => mode !== undefined && mode !== 'UNSET') ?? 'PERMISSIVE';
}

/**
 * Without timestamps, the order of the list is that in which they were made.
 */
function oldest(policies: any[]): any {
  const time = ({ metadata }: any) => metadata.creationTimestamp === undefined ? Number.POSITIVE_INFINITY : Date.parse(metadata.creationTimestamp);
  return policies.reduce((first, one) => first === undefined || time(one) < time(first) ? one : first, undefined);
}
