import { SpiffeId, TrustDomain } from '../../../identity';
import { REGO_PACKAGE } from '../../envoy/opa-decision';
import { MeshWorkload } from '../../istio/mesh-workload';
import { extAuthzInput } from '../../opa/ext-authz-input';
import { AccessRequest } from '../access-request';
import { AccessStatement } from '../access-statement';
import { AccessDecision, decide } from '../decision';
import { exampleRequest } from '../example-request';

/**
 * A Rego test for each statement: a request that it is about, and the same one by somebody whom no statement names.
 *
 * What is expected comes from the statements themselves, not from the policy that is tested.
 */
export function opaTests(statements: AccessStatement[], trustDomain: TrustDomain): string {
  const nobody = SpiffeId.of(trustDomain, 'ns', 'no-such-namespace', 'sa', 'nobody');
  const byCalled = new Map<MeshWorkload, AccessStatement[]>();
  statements.forEach((one) => byCalled.set(one.destination, [...byCalled.get(one.destination) ?? [], one]));
  const tests = statements.flatMap((statement, index) => {
    const about = byCalled.get(statement.destination)!;
    const request = exampleRequest(statement, trustDomain);
    return [
      test(`statement_${index}`, request, decide(about, trustDomain, request)),
      test(`statement_${index}_by_nobody`, { ...request, spiffeId: nobody }, decide(about, trustDomain, { ...request, spiffeId: nobody })),
    ];
  });
  return [`package ${REGO_PACKAGE}_test\n\nimport data.${REGO_PACKAGE}\n`, ...tests].join('\n');
}

function test(name: string, request: AccessRequest, { allowed }: AccessDecision): string {
  const input = extAuthzInput({
    source: request.spiffeId!.uri,
    destination: request.destination.identity.spiffeId.uri,
    port: request.port,
    http: { method: request.method!, path: request.path!, host: request.host! },
    claims: request.claims,
  });
  const entry = REGO_PACKAGE.split('.').at(-1);
  return `test_${name} if {\n\t${allowed ? '' : 'not '}${entry}.allow with input as ${term(input)}\n}\n`;
}

/**
 * JSON, as `opa fmt` writes it.
 */
function term(value: any): string {
  if (Array.isArray(value)) {
    return `[${value.map(term).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${term(part)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}
