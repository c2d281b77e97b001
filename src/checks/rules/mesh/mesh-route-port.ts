import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { otherPorts } from '../../../model/mesh/host-ports';
import { destinationsOf } from '../../../model/mesh/routes';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const meshRoutePort: Rule = {
  id: 'MESH-ROUTE-PORT',
  level: Level.ERROR,
  title: 'a route, or the policy of a port, is for a port that the host does not have',
  why: 'the mesh knows the ports of the Service or ServiceEntry only: requests of such a route end in 503, and TLS settings for such a port are never used',
  fix: 'write a port of the Service or ServiceEntry, not the targetPort',
  source: 'istio pilot/pkg/networking/core/route/route.go, GetDestinationCluster; pilot/pkg/networking/core/cluster_traffic_policy.go',
  check: (system, report) => {
    for (const { route: { service }, path, value, host } of destinationsOf(system)) tell(system, report, service, host, [...path, 'port', 'number'], asObject(value.port).number);
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const [path, number] of portLevels(rule.spec)) tell(system, report, rule, asText(rule.spec.host), path, number);
    }
  },
};

function tell(system: System, report: Report, object: Manifest, host: string, path: Path, number: unknown): void {
  const others = typeof number === 'number' ? otherPorts(system, host, object.namespace, number) : undefined;
  if (others) report.at(object, path, `${host} has no port ${String(number)}; it has ${others.join(', ')}`);
}

/** The ports that a DestinationRule has settings for. */
function portLevels(spec: Json): [Path, unknown][] {
  const policies: [Path, Json][] = [[['spec', 'trafficPolicy'], asObject(spec.trafficPolicy)],
    ...asObjects(spec.subsets).map((subset, i): [Path, Json] => [['spec', 'subsets', i, 'trafficPolicy'], asObject(subset.trafficPolicy)])];
  return policies.flatMap(([path, policy]) => asObjects(policy.portLevelSettings).map(({ port }, i): [Path, unknown] =>
    [[...path, 'portLevelSettings', i, 'port', 'number'], asObject(port).number]));
}
