import { clustersOfMesh } from '../../../model/clusters';
import { asObject, asText } from '../../../model/manifest';
import { passThroughs } from '../../../model/mesh/east-west';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedMeshId: Rule = {
  id: 'FED-MESH-ID',
  level: Level.WARNING,
  title: 'two clusters of one mesh have one name or one network with different gateways',
  why: 'istiod mixes up their pods: calls end in the wrong cluster, with an identity that is refused',
  fix: 'give each cluster its own values.global.multiCluster.clusterName and network, and all of them one meshID',
  source: 'istio docs, multi-primary on different networks',
  check: (system, report) => {
    for (const mesh of system.meshes.slice(0, 1)) {
      const own = settingsOf(system)!;
      for (const other of clustersOfMesh(system).filter(one => one !== system)) {
        const theirs = settingsOf(other);
        if (!theirs || own.meshId === '' || own.meshId !== theirs.meshId) continue;
        const at = [...mesh.values.path, 'global'];
        if (own.clusterName === theirs.clusterName) report.at(mesh.manifest, [...at, 'multiCluster', 'clusterName'], `another cluster of mesh "${own.meshId}" is "${own.clusterName}", too`);
        if (own.network === theirs.network && [system, other].every(one => passThroughs(one).length > 0)) report.at(mesh.manifest, [...at, 'network'], `another cluster of mesh "${own.meshId}" has network "${own.network}", and a gateway of its own`);
      }
    }
  },
};

const settingsOf = once((system: System): { meshId: string; clusterName: string; network: string } | undefined => {
  const global = system.meshes.map(mesh => asObject(mesh.values.value.global)).find(values => asText(values.meshID) !== '');
  return system.meshes.length === 0 ? undefined : {
    meshId: asText(global?.meshID), clusterName: asText(asObject(global?.multiCluster).clusterName), network: asText(global?.network),
  };
});
