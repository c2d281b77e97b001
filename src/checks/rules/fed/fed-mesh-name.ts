import { meshIdOf } from '../../../model/clusters';
import { asObject, asText, asTexts } from '../../../model/manifest';
import { clusterOf } from '../../../model/spire/bundle-endpoint';
import { trustDomains } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedMeshName: Rule = {
  id: 'FED-MESH-NAME',
  level: Level.WARNING,
  title: 'clusters that answer for each other name different meshes',
  why: 'telemetry takes them for two meshes, and nothing compares their names and networks',
  fix: 'give all clusters of a mesh one values.global.meshID',
  source: 'istio docs, multi-primary on different networks',
  check: (system, report) => {
    for (const mesh of system.meshes.slice(0, 1)) {
      for (const other of new Set(standIns(system))) {
        const [own, theirs] = [meshIdOf(system), meshIdOf(other)];
        if (own !== theirs) report.at(mesh.manifest, [...mesh.values.path, 'global', 'meshID'], `meshID is ${own ? `"${own}"` : 'not set'}, and ${theirs ? `"${theirs}"` : 'not set'} in the cluster of "${trustDomains(other)[0]}", which answers for the same Services`);
      }
    }
  },
};

/** The clusters whose workloads may answer for a Service of this one. */
function standIns(system: System): System[] {
  const shared = system.all('DestinationRule').filter(({ spec }) => /\.svc\./.test(asText(spec.host)));
  const names = shared.flatMap(({ spec }) => asTexts(asObject(asObject(spec.trafficPolicy).tls).subjectAltNames));
  const domains = new Set(names.flatMap(name => /^spiffe:\/\/([^/]+)\//.exec(name)?.[1] ?? []));
  return [...domains].flatMap(domain => clusterOf(system, domain) ?? []).filter(other => other.meshes.length > 0);
}
