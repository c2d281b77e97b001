import { AuthorizationCondition, AuthorizationSource } from '../../istio/authorization-rule';
import { IMesh } from '../../istio/mesh';
import { AccessSource } from '../access-source';
import { callerClaims } from './caller-pattern';

/**
 * A caller as source of a rule. Principals name the trust domain, which `namespaces` of Istio does not look at.
 */
export function callerSource(source: AccessSource, mesh: IMesh): AuthorizationSource {
  const caller = source._caller;
  switch (caller.kind) {
    case 'workload': return { identities: [caller.identity] };
    case 'namespace': return { principals: [`${mesh.cluster.trustDomain}/ns/${caller.namespace}/sa/*`] };
    // the slash keeps out trust domains whose name begins so
    case 'trustDomain': return { principals: [`${caller.trustDomain}/*`] };
    case 'identity': return { principals: [caller.spiffeId.uri.slice('spiffe://'.length)] };
    // a token alone would let callers in that prove no identity
    case 'token': return { identities: [caller.through.identity] };
  }
}

/**
 * The conditions on a token. Never `requestPrincipals`: they are cut at the last slash, and a SPIFFE ID as subject would match nobody.
 */
export function tokenConditions(source: AccessSource): AuthorizationCondition[] | undefined {
  const claims = callerClaims(source);
  return claims && Object.entries(claims).map(([name, values]) => ({ key: `request.auth.claims[${name}]`, values }));
}
