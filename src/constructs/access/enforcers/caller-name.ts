import { TrustDomain, WorkloadIdentity } from '../../../identity';
import { NamedCaller } from '../access-source';

/**
 * A caller in the name of an object beside the called workload: who shows a token has the name of who hands it on.
 */
export function callerName(caller: NamedCaller, called: WorkloadIdentity): string {
  switch (caller.kind) {
    case 'workload': return identityName(caller.identity, called);
    case 'namespace': return `namespace-${caller.namespace}`;
    case 'identity': return objectName(foreignPrefix(caller.spiffeId.trustDomain, called) + caller.spiffeId.path);
    case 'token': return identityName(caller.through.identity, called);
  }
}

// two trust domains may have identities of one path
function foreignPrefix(trustDomain: TrustDomain, called: WorkloadIdentity): string {
  return trustDomain.sameAs(called.trustDomain) ? '' : trustDomain.name;
}

function identityName({ trustDomain, namespace, serviceAccount }: WorkloadIdentity, called: WorkloadIdentity): string {
  const isForeign = !trustDomain.sameAs(called.trustDomain);
  return [
    ...(isForeign ? [trustDomain.name.replaceAll('_', '-')] : []),
    ...(isForeign || namespace !== called.namespace ? [namespace] : []),
    serviceAccount,
  ].join('.');
}

function objectName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 150).replace(/-$/, '');
}
