import { isEmptySelector } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { asObject, asText } from '../../../model/manifest';
import { isInjected } from '../../../model/mesh/injection';
import { usesSpire } from '../../../model/mesh/mesh';
import { idsSelecting } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAmbient: Rule = {
  id: 'MESH-AMBIENT',
  level: Level.WARNING,
  title: 'the mesh is ambient and should take identities from SPIRE',
  why: 'ztunnel has no way to SPIRE: it takes Istio\'s CA, which pods with SPIRE\'s bundle do not trust',
  fix: 'use sidecars, or give Istio and SPIRE one root',
  source: 'istio issue 42339',
  check: (system, report) => {
    for (const workload of system.workloads.filter(one => isAmbient(system, one) && one.manifest.kind !== 'DaemonSet')) {
      const [id] = idsSelecting(system, workload).filter(one => !isEmptySelector(one.spec.podSelector));
      if (id) report.at(workload.manifest, workload.at('metadata', 'labels'), `ClusterSPIFFEID ${id.name} selects it, and its traffic goes through ztunnel`);
    }
    for (const mesh of system.meshes) {
      const ztunnel = asObject(asObject(mesh.manifest.spec.components).ztunnel).enabled === true;
      if ((ztunnel || mesh.manifest.spec.profile === 'ambient') && usesSpire(mesh)) report.at(mesh.manifest, ['spec'], 'ambient with SPIRE templates');
    }
  },
};

/** Whether a pod's traffic goes through ztunnel, and not through a sidecar. */
function isAmbient(system: System, workload: Workload): boolean {
  const mode = workload.labels[MODE] ?? system.labelsOf(workload.namespace)?.[MODE];
  return mode === 'ambient' && !usesSocket(workload) && !hasSidecar(system, workload);
}

/** Whether a pod asks SPIRE itself. */
function usesSocket({ volumes }: Workload): boolean {
  return volumes.some(({ csi }) => /spiffe/.test(asText(asObject(csi).driver)));
}

/** Whether a pod of an ambient namespace has a sidecar: the annotation of templates alone brings none. */
function hasSidecar(system: System, workload: Workload): boolean {
  const { 'istio-injection': injection, 'istio.io/rev': revision } = system.labelsOf(workload.namespace) ?? {};
  const isAsked = [workload.labels, workload.annotations].some(names => names['sidecar.istio.io/inject'] === 'true');
  const isInjecting = injection === 'enabled' || (revision !== undefined && injection !== 'disabled');
  return isInjected(system, workload) && (isAsked || isInjecting || workload.containers.some(({ name }) => name === 'istio-proxy'));
}

const MODE = 'istio.io/dataplane-mode';
