import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshIdentityHeader: Rule = {
  id: 'MESH-IDENTITY-HEADER',
  level: Level.ERROR,
  title: 'traffic is routed by an identity in a header',
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
    for (const rule of system.all('DestinationRule')) {
      const name = asText(asObject(asObject(asObject(rule.spec.trafficPolicy).loadBalancer).consistentHash).httpHeaderName);
      if (IDENTITY.test(name)) report.at(rule, ['spec', 'trafficPolicy', 'loadBalancer', 'consistentHash', 'httpHeaderName'], `requests are spread by the header ${name}, which nobody sets`);
    }
  },
};

const IDENTITY = /spiffe|svid|cluster-id|client-cert|(source|client|peer|caller)-(principal|identity)/i;

/** Whether a header is a constant that tells who somebody is. */
function isIdentity(header: string, value: string): boolean {
  return value.includes('%') ? false : IDENTITY.test(header) || value.startsWith('spiffe://');
}
