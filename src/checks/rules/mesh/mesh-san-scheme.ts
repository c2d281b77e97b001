import { Json, Manifest, Path, asObject, asObjects, asTexts } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSanScheme: Rule = {
  id: 'MESH-SAN-SCHEME',
  level: Level.ERROR,
  title: 'a name that a peer has to prove is no whole SPIFFE ID',
  why: 'subjectAltNames are compared with the whole URI of the certificate, other than principals: no connection succeeds',
  fix: 'write spiffe:// in front',
  source: 'istio pilot/pkg/networking/core/cluster_tls.go',
  check: (system, report) => {
    for (const { manifest, path, names } of listsOf(system)) {
      names.forEach((name, i) => {
        if (/^[a-z0-9._-]+\/ns\/[^/]+\/sa\//.test(name)) report.at(manifest, [...path, i], `"${name}" has no spiffe:// in front`);
        if (/^spiffe:\/\/.*\*/.test(name)) report.at(manifest, [...path, i], `the star in "${name}" is taken literally`, 'write each SPIFFE ID as a whole');
      });
    }
  },
};

interface Names {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly names: string[];
}

function listsOf(system: System): Names[] {
  const of = (manifest: Manifest, path: Path, tls: Json): Names => ({ manifest, path: [...path, 'subjectAltNames'], names: asTexts(tls.subjectAltNames) });
  return [
    ...system.all('ServiceEntry').map(entry => of(entry, ['spec'], entry.spec)),
    ...system.all('DestinationRule').flatMap(rule => {
      const policies: [Path, Json][] = [[['spec'], rule.spec], ...asObjects(rule.spec.subsets).map((subset, i): [Path, Json] => [['spec', 'subsets', i], subset])];
      return policies.flatMap(([path, parent]) => {
        const policy = asObject(parent.trafficPolicy);
        return [of(rule, [...path, 'trafficPolicy', 'tls'], asObject(policy.tls)), ...asObjects(policy.portLevelSettings)
          .map((port, i) => of(rule, [...path, 'trafficPolicy', 'portLevelSettings', i, 'tls'], asObject(port.tls)))];
      });
    }),
    ...system.all('Gateway').filter(({ group }) => group === 'networking.istio.io').flatMap(gateway => asObjects(gateway.spec.servers)
      .map((server, i) => of(gateway, ['spec', 'servers', i, 'tls'], asObject(server.tls)))),
  ];
}
