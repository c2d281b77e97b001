import { isFilledIn } from '../../../model/filled-in';
import { asObject, asText } from '../../../model/manifest';
import { Mesh, acceptedDomains, aliasesOf, socketFile, statedSocketFile } from '../../../model/mesh/mesh';
import { clusterNames, clusterOf } from '../../../model/mesh/networks';
import { isWhole } from '../../../model/mesh/whole-values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshInputsDiffer: Rule = {
  id: 'MESH-INPUTS-DIFFER',
  level: Level.ERROR,
  title: 'two inputs for the same mesh say different things',
  why: 'which trust domain, socket or partner the mesh has depends on whether istioctl, Helm or the Sail operator installs it',
  fix: 'say the same in both, or remove the one that is not used',
  source: 'istio operator/pkg/apis; charts/istio-control/istio-discovery',
  check: (system, report) => {
    const first = new Map<string, Mesh>();
    const areSeveral = clusterNames(system).size > 1;
    for (const mesh of system.meshes) {
      const cluster = clusterOf(mesh);
      // of several clusters it is not told which one is meant
      if (cluster === '' && areSeveral) continue;
      const other = first.get(cluster);
      if (!other) {
        first.set(cluster, mesh);
        continue;
      }
      for (const [name, of] of FACTS) {
        const [ours, theirs] = [of(mesh), of(other)];
        if (ours === undefined || theirs === undefined || ours === theirs || isFilledIn(ours) || isFilledIn(theirs)) continue;
        report.at(mesh.manifest, mesh.config.path, `${name} is ${ours || 'nothing'}, in ${other.form === 'values' ? 'other Helm values' : `the ${other.form}`} it is ${theirs || 'nothing'}`);
      }
    }
  },
};

/** What has to agree; undefined where an input has no place for it. */
const FACTS: [string, (mesh: Mesh) => string | undefined][] = [
  ['trustDomain', mesh => (isStated(mesh, mesh.config.value.trustDomain) ? mesh.trustDomain : undefined)],
  ['WORKLOAD_IDENTITY_SOCKET_FILE', mesh => (isStated(mesh, statedSocketFile(mesh)) ? socketFile(mesh) : undefined)],
  ['caCertificates[].trustDomains', mesh => statedBy(mesh, acceptedDomains(mesh).sort().join(', '))],
  ['trustDomainAliases', mesh => statedBy(mesh, aliasesOf(mesh).sort().join(', '))],
  ['global.meshID', mesh => globalOf(mesh, 'meshID')],
  ['global.network', mesh => globalOf(mesh, 'network')],
];

function globalOf(mesh: Mesh, name: string): string | undefined {
  return mesh.form === 'ConfigMap' ? undefined : statedBy(mesh, asText(asObject(mesh.values.value.global)[name]));
}

/** A fact, unless another file of values may state it. */
function statedBy(mesh: Mesh, fact: string): string | undefined {
  return isStated(mesh, fact) ? fact : undefined;
}

function isStated(mesh: Mesh, fact: unknown): boolean {
  return mesh.form !== 'values' || isWhole(mesh) || asText(fact) !== '';
}
