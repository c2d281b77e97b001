import { Json, Manifest, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { destinationRules } from '../../../model/mesh/destination-rules';
import { fullName } from '../../../model/mesh/hosts';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTlsOrigination: Rule = {
  id: 'MESH-TLS-ORIGINATION',
  level: Level.WARNING,
  title: 'the port of a ServiceEntry and the TLS of its DestinationRule do not fit',
  why: 'plain HTTP sent to port 443, or TLS to port 80, is answered by no server: every request fails',
  fix: 'give a port of protocol HTTP that the proxy makes TLS for targetPort: 443, and the DestinationRule tls.mode SIMPLE or MUTUAL for that port',
  source: 'istio docs, egress TLS origination',
  check: (system, report) => {
    for (const entry of system.all('ServiceEntry').filter(({ spec }) => asObjects(spec.endpoints).length === 0 && !spec.workloadSelector)) {
      const ports = asObjects(entry.spec.ports);
      ports.forEach((port, i) => {
        const target = port.targetPort ?? port.number;
        if (!/^(HTTP|HTTP2|GRPC)$/i.test(asText(port.protocol)) || target !== 80 && target !== 443) return;
        const modes = modesOf(system, entry, port.number);
        const isSecure = modes.some(({ mode }) => /^(SIMPLE|MUTUAL|ISTIO_MUTUAL)$/.test(mode));
        // another folder may hold the rule where none is here
        const isWhole = modes.length > 0 || rulesIn(system).has(entry.namespace);
        if (target === 443 && !isSecure && isWhole) report.at(entry, ['spec', 'ports', i], `port ${asText(port.number)} is plain HTTP to port 443, and no DestinationRule makes TLS of it`);
        const isMeant = modes.some(({ mode, isOwn }) => /^(SIMPLE|MUTUAL)$/.test(mode) && (isOwn || ports.length === 1));
        if (target === 80 && isMeant) report.at(entry, ['spec', 'ports', i], `port ${asText(port.number)} leads to port 80, and a DestinationRule makes TLS of it`);
      });
    }
  },
};

/** The namespaces that have DestinationRules. */
const rulesIn = once((system: System): ReadonlySet<string> => new Set(system.all('DestinationRule').map(({ namespace }) => namespace)));

/** The TLS modes that DestinationRules set for a port of a ServiceEntry, and whether for this one alone. */
function modesOf(system: System, { spec, namespace }: Manifest, port: unknown): { mode: string; isOwn: boolean }[] {
  const hosts = asTexts(spec.hosts).flatMap(host => [host, `*${host.slice(Math.max(host.indexOf('.'), 0))}`]);
  const specs: Json[] = hosts.flatMap(host => destinationRules(system, fullName(host, namespace))).map(rule => rule.spec);
  const policies = specs.flatMap(one => [one.trafficPolicy, ...asObjects(one.subsets).map(subset => subset.trafficPolicy)]).map(asObject);
  return policies.flatMap(({ tls, portLevelSettings: levels }) => [{ mode: asText(asObject(tls).mode), isOwn: false },
    ...asObjects(levels).filter(level => asObject(level.port).number === port)
      .map(level => ({ mode: asText(asObject(level.tls).mode), isOwn: true }))]);
}
