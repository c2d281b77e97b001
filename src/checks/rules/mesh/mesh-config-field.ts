import { isFilledIn } from '../../../model/filled-in';
import { asObject } from '../../../model/manifest';
import { readManifests } from '../../../model/reader';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { faultsOf, meshConfigType } from '../../schemas';

export const meshConfigField: Rule = {
  id: 'MESH-CONFIG-FIELD',
  level: Level.WARNING,
  title: 'meshConfig, or the proxy configuration of a pod, has a field or word that Istio does not know',
  why: 'istioctl and istiod drop an unknown field in silence; with an unknown word istiod keeps the configuration it had',
  fix: 'use the field as MeshConfig of Istio has it, and the word as it is listed',
  source: 'istio operator/pkg/apis/validation, pkg/util/protomarshal; sail-operator CustomResourceDefinition',
  check: (system, report) => {
    for (const { manifest, config } of system.meshes) {
      for (const { kind, path, message } of faultsOf(meshConfigType(), config.value, config.path.length > 0 ? config.path : ['meshConfig'], camelCase)) {
        const place = config.path.length > 0 ? path : path.slice(1);
        if (kind === 'unknown field' || kind === 'wrong word') report.at(manifest, place, message);
      }
    }
    // istioctl makes text of them
    for (const { manifest, config } of system.meshes.filter(({ form }) => form !== 'IstioOperator')) {
      for (const [name, value] of Object.entries(asObject(asObject(config.value.defaultConfig).proxyMetadata))) {
        const isPlain = typeof value === 'boolean' || typeof value === 'number';
        if (isPlain) report.at(manifest, [...config.path, 'defaultConfig', 'proxyMetadata', name], `proxyMetadata.${name} is ${String(value)}, which is no text`, 'write it in quotes');
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
  const faults = manifest ? faultsOf(meshConfigType(), { defaultConfig: manifest.value }, [ANNOTATION], camelCase) : [];
  return faults.filter(({ kind }) => kind === 'unknown field' || kind === 'wrong word').map(({ message }) => message.replace(`${ANNOTATION}.defaultConfig`, ANNOTATION));
}

/** Protobuf takes both spellings of a field. */
function camelCase(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
