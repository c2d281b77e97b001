import { Json, Path, asObject, asObjects } from '../manifest';

/** The TLS settings of a DestinationRule, of its ports and of its subsets. */
export function ruleTlsOf(spec: Json): [Path, Json][] {
  const policies: [Path, Json][] = [[['spec', 'trafficPolicy'], asObject(spec.trafficPolicy)],
    ...asObjects(spec.subsets).map((subset, i): [Path, Json] => [['spec', 'subsets', i, 'trafficPolicy'], asObject(subset.trafficPolicy)])];
  return policies.flatMap(([path, policy]): [Path, Json][] => [[[...path, 'tls'], asObject(policy.tls)],
    ...asObjects(policy.portLevelSettings).map((port, i): [Path, Json] => [[...path, 'portLevelSettings', i, 'tls'], asObject(port.tls)])]);
}
