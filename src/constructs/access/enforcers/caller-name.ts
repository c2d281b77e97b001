import { TrustDomain, WorkloadIdentity } from '../../../identity';
import { MeshWorkload } from '../../istio/mesh-workload';
import { AccessSource } from '../access-source';

/**
 * A caller in the name of an object.
 */
export function callerName(source: AccessSource, destination: MeshWorkload): string {
  const caller = source._caller;
  switch (caller.kind) {
    case 'workload': return identityName(caller.identity, destination.identity);
    case 'namespace': return `namespace-${caller.namespace}`;
    case 'identity': return objectName(foreignPrefix(caller.spiffeId.trustDomain, destination) + caller.spiffeId.path);
    case 'token': return objectName(`token ${[...Object.values(caller.claims).flat(), caller.issuer.issuer].join(' ')}`);
  }
}

// two trust domains may have identities of one path
function foreignPrefix(trustDomain: TrustDomain, { identity }: MeshWorkload): string {
  return trustDomain.sameAs(identity.trustDomain) ? '' : trustDomain.name;
}

function identityName({ trustDomain, namespace, serviceAccount }: WorkloadIdentity, home: WorkloadIdentity): string {
  const isForeign = !trustDomain.sameAs(home.trustDomain);
  return [
    ...(isForeign ? [trustDomain.name.replaceAll('_', '-')] : []),
    ...(isForeign || namespace !== home.namespace ? [namespace] : []),
    serviceAccount,
  ].join('.');
}

function objectName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 150).replace(/-$/, '');
}
