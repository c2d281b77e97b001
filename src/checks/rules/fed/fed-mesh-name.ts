import { clustersOfMesh, clustersWith, meshIdOf, networkOf } from '../../../model/clusters';
import { asObject, asText, asTexts } from '../../../model/manifest';
import { clusterOf } from '../../../model/spire/bundle-endpoint';
import { trustDomains } from '../../../model/spire/entries';
import { rootCluster } from '../../../model/spire/nested';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedMeshName: Rule = {
  id: 'FED-MESH-NAME',
  level: Level.WARNING,
  title: 'clusters of one mesh name it differently',
  why: 'telemetry takes them for two meshes, and nothing compares their names and networks',
  fix: 'give all clusters of a mesh one values.global.meshID',
  source: 'istio docs, multi-primary on different networks',
  check: (system, report) => {
    for (const mesh of system.meshes.slice(0, 1)) {
      for (const other of new Set(standIns(system))) {
        if (meshIdOf(system) !== meshIdOf(other)) report.at(mesh.manifest, [...mesh.values.path, 'global', 'meshID'], `meshID is ${nameOf(system)}, and ${nameOf(other)} in the cluster of "${trustDomains(other)[0]}", which answers for the same Services`);
      }
      const apart = neighbour(system);
      if (apart) report.at(mesh.manifest, [...mesh.values.path, 'global', 'meshID'], `meshID is ${nameOf(system)}, and ${nameOf(apart)} in another cluster below the same root of "${trustDomains(system)[0]}", which has a network of its own`);
    }
  },
};

function nameOf(system: System): string {
  return meshIdOf(system) ? `"${meshIdOf(system)}"` : 'not set';
}

/** A cluster below the same root, where this one is alone in its mesh although it has a network, which only meshes of several clusters need. */
function neighbour(system: System): System | undefined {
  const root = networkOf(system) === '' || clustersOfMesh(system).length > 1 ? undefined : rootCluster(system);
  return root && trustDomains(system).flatMap(name => clustersWith(system, name))
    .find(other => meshIdOf(other) !== meshIdOf(system) && !['', networkOf(system)].includes(networkOf(other)) && rootCluster(other) === root);
}

/** The clusters whose workloads may answer for a Service of this one. */
function standIns(system: System): System[] {
  const shared = system.all('DestinationRule').filter(({ spec }) => /\.svc\./.test(asText(spec.host)));
  const names = shared.flatMap(({ spec }) => asTexts(asObject(asObject(spec.trafficPolicy).tls).subjectAltNames));
  const domains = new Set(names.flatMap(name => /^spiffe:\/\/([^/]+)\//.exec(name)?.[1] ?? []));
  return [...domains].flatMap(domain => clusterOf(system, domain) ?? []).filter(other => other.meshes.length > 0);
}
