import { isFilledIn } from '../../../model/filled-in';
import { readManifests } from '../../../model/reader';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { faultsOf, meshConfigType, oneSpelling } from '../../schemas';

export const meshConfigField: Rule = {
  id: 'MESH-CONFIG-FIELD',
  level: Level.WARNING,
  title: 'meshConfig, or the proxy configuration of a pod, has a field that Istio does not know',
  why: 'istioctl, istiod and the injector drop it in silence',
  fix: 'use the field as MeshConfig of Istio has it',
  source: 'istio operator/pkg/apis/validation, pkg/util/protomarshal; sail-operator CustomResourceDefinition',
  check: (system, report) => {
    for (const { manifest, config } of system.meshes) {
      for (const { kind, path, message } of faultsOf(meshConfigType(), config.value, config.path.length > 0 ? config.path : ['meshConfig'], oneSpelling)) {
        const place = config.path.length > 0 ? path : path.slice(1);
        if (kind === 'unknown field') report.at(manifest, place, message);
      }
    }
    const known = new Map<string, string[]>();
    for (const workload of system.workloads.filter(({ annotations }) => annotations[ANNOTATION] !== undefined)) {
      const text = workload.annotations[ANNOTATION];
      // most pods have the same
      const messages = known.get(text) ?? annotationFaults(text);
      known.set(text, messages);
      for (const message of messages) report.at(workload.manifest, workload.at('metadata', 'annotations', ANNOTATION), message);
    }
  },
};

const ANNOTATION = 'proxy.istio.io/config';

function annotationFaults(text: string): string[] {
  const [manifest] = isFilledIn(text) ? [] : readManifests(ANNOTATION, text).manifests;
  const faults = manifest ? faultsOf(meshConfigType(), { defaultConfig: manifest.value }, [ANNOTATION], oneSpelling) : [];
  return faults.filter(({ kind }) => kind === 'unknown field').map(({ message }) => message.replace(`${ANNOTATION}.defaultConfig`, ANNOTATION));
}
