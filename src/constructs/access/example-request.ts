import { AccessRequest } from './access-request';
import { AccessStatement } from './access-statement';
import { PathPattern } from './path-pattern';
import { SpiffeId, TrustDomain } from '../../identity';

/**
 * A request that a statement is about.
 */
export function exampleRequest(statement: AccessStatement, trustDomain: TrustDomain): AccessRequest {
  const { source, destination, port, methods, paths, hosts } = statement;
  const caller = source._caller;
  return {
    spiffeId: exampleId(statement, trustDomain),
    destination,
    port,
    method: methods?.[0] ?? 'GET',
    path: paths ? PathPattern.parse('statement', paths[0]).example() : '/',
    host: hosts?.[0] ?? destination.name,
    claims: caller.kind === 'token'
      ? { iss: caller.issuer.issuer, ...Object.fromEntries(Object.entries(caller.claims).map(([name, values]) => [name, values[0]])) }
      : undefined,
  };
}

function exampleId({ source: { _caller: caller } }: AccessStatement, trustDomain: TrustDomain): SpiffeId {
  switch (caller.kind) {
    case 'workload': return caller.identity.spiffeId;
    case 'namespace': return SpiffeId.of(trustDomain, 'ns', caller.namespace, 'sa', 'anybody');
    case 'trustDomain': return SpiffeId.of(caller.trustDomain, 'anybody');
    case 'identity': return caller.spiffeId;
    case 'token': return caller.through.identity.spiffeId;
  }
}
