import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { spireProxies } from '../../../model/mesh/injection';
import { usesSpire } from '../../../model/mesh/mesh';
import { isOlderThan } from '../../../model/mesh/version';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshFileTls: Rule = {
  id: 'MESH-FILE-TLS',
  level: Level.WARNING,
  title: 'a DestinationRule reads certificates from files beside SPIRE\'s socket',
  why: 'before Istio 1.26 proxies ask SPIRE for "file-root:…": it refuses, and no TLS connection of theirs begins',
  fix: 'use Istio 1.26 or newer, or leave the files out at workloads that take identities from SPIRE',
  source: 'istio issues 47481, 54220',
  check: (system, report) => {
    if (!isOlderThan(system.meshes, 26) || !(system.meshes.some(usesSpire) || spireProxies(system).length > 0)) return;
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const [path, tls] of tlsOf(rule.spec)) {
        const field = ['caCertificates', 'clientCertificate'].find(name => asText(tls[name]) !== '');
        if (field !== undefined && ['SIMPLE', 'MUTUAL'].includes(asText(tls.mode))) report.at(rule, [...path, field], `${field} is ${asText(tls[field])}`);
      }
    }
  },
};

function tlsOf(spec: Json): [Path, Json][] {
  const policies: [Path, Json][] = [[['spec', 'trafficPolicy'], spec.trafficPolicy],
    ...asObjects(spec.subsets).map((subset, i): [Path, Json] => [['spec', 'subsets', i, 'trafficPolicy'], subset.trafficPolicy])];
  return policies.flatMap(([path, policy]): [Path, Json][] => [[[...path, 'tls'], asObject(asObject(policy).tls)],
    ...asObjects(asObject(policy).portLevelSettings).map((port, i): [Path, Json] => [[...path, 'portLevelSettings', i, 'tls'], asObject(port.tls)])]);
}
