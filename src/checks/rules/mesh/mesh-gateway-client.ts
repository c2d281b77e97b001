import { collect } from '../../../model/collect';
import { Manifest, Path, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { GatewayReference, gatewayReferences } from '../../../model/mesh/gateway-references';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayClient: Rule = {
  id: 'MESH-GATEWAY-CLIENT',
  level: Level.WARNING,
  title: 'a route passes on the identity of a client that shows no certificate',
  why: 'the Gateway asks clients for none: %DOWNSTREAM_PEER_URI_SAN% and the like are empty',
  fix: 'use mode MUTUAL with caCertCredentialName, or OPTIONAL_MUTUAL',
  source: 'istio Gateway ServerTLSSettings; envoy substitution formatting',
  check: (system, report) => {
    const named = new Map<Manifest, GatewayReference[]>();
    for (const one of gatewayReferences(system)) collect(named, one.service, one);
    for (const [service, references] of named) {
      const seen = references.flatMap(({ gateway }) => gateway ?? []);
      // what is called from inside of the mesh has mutual TLS of its own
      if (seen.length === 0 || seen.length < asTexts(service.spec.gateways).length) continue;
      const servers = seen.flatMap(({ spec }) => asObjects(spec.servers)).map(({ tls }) => asText(asObject(tls).mode));
      if (servers.some(mode => !['', 'SIMPLE'].includes(mode))) continue;
      for (const { path, value } of headersOf(service.spec)) {
        const operator = /%DOWNSTREAM_PEER_\w+%/.exec(value)?.[0];
        if (operator !== undefined) report.at(service, path, `${operator} is empty: no server of ${asTexts(service.spec.gateways).join(', ')} asks for a certificate`);
      }
    }
  },
};

/** The headers that routes set and add to requests. */
function headersOf(spec: ReturnType<typeof asObject>): { path: Path; value: string }[] {
  return asObjects(spec.http).flatMap((route, i) => ['set', 'add'].flatMap(action => {
    const headers = asObject(asObject(asObject(route.headers).request)[action]);
    return Object.keys(headers).map(name => ({ path: ['spec', 'http', i, 'headers', 'request', action, name], value: asText(headers[name]) }));
  }));
}
