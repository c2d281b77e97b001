import { asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf } from '../../../model/mesh/policy';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshIdentityHeader: Rule = {
  id: 'MESH-IDENTITY-HEADER',
  level: Level.ERROR,
  title: 'traffic is routed or let in by an identity in a header',
  why: 'nobody sets the header, and every client can: routing runs before the caller is known',
  fix: 'use sourceLabels, or an AuthorizationPolicy with principals at the server',
  source: 'istio VirtualService',
  check: (system, report) => {
    for (const service of system.all('VirtualService')) {
      asObjects(service.spec.http).forEach((route, i) => {
        asObjects(route.match).forEach((match, j) => {
          for (const name of Object.keys(asObject(match.headers)).filter(header => IDENTITY.test(header))) report.at(service, ['spec', 'http', i, 'match', j, 'headers', name], `the route looks at the header ${name}`);
        });
        for (const action of ['add', 'set']) {
          const headers = asObject(asObject(asObject(route.headers).request)[action]);
          for (const name of Object.keys(headers).filter(header => isIdentity(header, asText(headers[header])))) {
            report.at(service, ['spec', 'http', i, 'headers', 'request', action, name], `the header ${name} is a constant: it proves nothing`, 'write set: {…: "%DOWNSTREAM_PEER_URI_SAN%"} at a gateway with mode MUTUAL');
          }
        }
      });
    }
    for (const route of ['HTTPRoute', 'GRPCRoute'].flatMap(kind => system.all(kind))) {
      asObjects(route.spec.rules).forEach((rule, i) => asObjects(rule.matches).forEach((match, j) => asObjects(match.headers).forEach((header, k) => {
        if (IDENTITY.test(asText(header.name))) report.at(route, ['spec', 'rules', i, 'matches', j, 'headers', k], `the route looks at the header ${asText(header.name)}`);
      })));
    }
    for (const policy of authorizationPolicies(system)) {
      for (const { path, value } of conditionsOf(policy)) {
        const name = /^request\.headers\[(.+)\]$/.exec(asText(value.key))?.[1] ?? '';
        const texts = [...asTexts(value.values), ...asTexts(value.notValues)];
        // what a gateway writes over may be believed behind it
        if (name !== '' && texts.some(text => text.startsWith('spiffe://')) && !/forwarded-client-cert/i.test(name) && !isWritten(system, name)) report.at(policy, path, `the policy believes the header ${name}`);
      }
    }
    for (const rule of system.all('DestinationRule')) {
      const name = asText(asObject(asObject(asObject(rule.spec.trafficPolicy).loadBalancer).consistentHash).httpHeaderName);
      if (IDENTITY.test(name)) report.at(rule, ['spec', 'trafficPolicy', 'loadBalancer', 'consistentHash', 'httpHeaderName'], `requests are spread by the header ${name}, which nobody sets`);
    }
  },
};

/** Whether something in the input writes a header of its own in place of the client's. */
function isWritten(system: System, header: string): boolean {
  return ['VirtualService', 'HTTPRoute', 'EnvoyFilter'].some(kind => system.all(kind).some(({ text }) => text.toLowerCase().includes(header.toLowerCase()) && /%[A-Z_]+|set/.test(text)));
}

const IDENTITY = /spiffe|svid|cluster-id|client-cert|(source|client|peer|caller)-(principal|identity)/i;

/** Whether a header is a constant that tells who somebody is. */
function isIdentity(header: string, value: string): boolean {
  return value.includes('%') ? false : IDENTITY.test(header) || value.startsWith('spiffe://');
}
