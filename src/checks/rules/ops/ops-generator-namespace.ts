import { Generated } from '../../../model/generated';
import { Workload } from '../../../model/kubernetes/workload';
import { asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsGeneratorNamespace: Rule = {
  id: 'OPS-GENERATOR-NAMESPACE',
  level: Level.WARNING,
  title: 'kustomize makes a ConfigMap or Secret without the namespace of the pods that read it',
  why: 'it is applied into another namespace, and its name with the hash is not written into the pods: they wait in ContainerCreating',
  fix: 'give the generator the namespace of the pods, or the kustomization one for all',
  source: 'kustomize: generators, name references within a namespace',
  check: (system, report) => {
    const generated = system.manifests.filter((manifest): manifest is Generated => manifest instanceof Generated && manifest.namespace === '' && manifest.behavior === '' && manifest.isOneOfFew);
    if (generated.length === 0) return;
    const readers = new Map<string, Workload>();
    for (const workload of system.workloads.filter(({ namespace }) => !['', 'default'].includes(namespace))) {
      for (const { configMap, secret } of workload.volumes) {
        const key = configMap ? `ConfigMap/${asText(configMap.name)}` : `Secret/${asText(secret?.secretName)}`;
        if (!readers.has(key)) readers.set(key, workload);
      }
    }
    for (const object of generated) {
      const reader = readers.get(`${object.kind}/${object.name}`);
      if (!reader || system.find(object.kind, reader.namespace, object.name)) continue;
      report.at(object, [], `${object.kind} ${object.name} has no namespace as others here have, ${reader.manifest.kind} ${reader.name} reads it in ${reader.namespace}`);
    }
  },
};
