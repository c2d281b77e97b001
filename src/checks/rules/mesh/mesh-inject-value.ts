import { isFilledIn } from '../../../model/filled-in';
import { INJECT, NAMESPACE_LABEL } from '../../../model/mesh/not-injected';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshInjectValue: Rule = {
  id: 'MESH-INJECT-VALUE',
  level: Level.WARNING,
  title: 'a label for injection has a value that Istio does not know',
  why: 'with another value the pod is treated as if it had no label, and a namespace as if injection were disabled: pods have no proxy, and no policy of Istio holds',
  fix: 'write "true" or "false" for a pod, enabled or disabled for a namespace',
  source: 'istio pkg/kube/inject/inject.go, injectRequired; templates/mutatingwebhook.yaml',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const value = workload.labels[INJECT];
      if (isUnknown(value, ['true', 'false'])) report.at(workload.manifest, workload.at('metadata', 'labels', INJECT), `${INJECT} is "${value}": only "true" and "false" are taken`);
    }
    for (const namespace of system.all('Namespace')) {
      const value = namespace.labels[NAMESPACE_LABEL];
      if (isUnknown(value, ['enabled', 'disabled'])) report.at(namespace, ['metadata', 'labels', NAMESPACE_LABEL], `${NAMESPACE_LABEL} is "${value}": only enabled and disabled are taken`);
    }
  },
};

function isUnknown(value: string | undefined, known: readonly string[]): boolean {
  return value !== undefined && !known.includes(value) && !isFilledIn(value);
}
