import { Workload } from '../../../model/kubernetes/workload';
import { TEMPLATES_ANNOTATION } from '../../../model/mesh/injection';
import { INJECT, whyNotInjected } from '../../../model/mesh/not-injected';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshNotInjected: Rule = {
  id: 'MESH-NOT-INJECTED',
  level: Level.WARNING,
  title: 'a pod asks for Istio\'s proxy and does not get it',
  why: 'the webhook is chosen by labels of the pod and its namespace, and istio-injection: disabled of the namespace wins: without a proxy no policy of Istio holds, '
    + 'and a gateway does not start',
  fix: 'give the pod the label sidecar.istio.io/inject: "true", and its namespace no label istio-injection but enabled',
  source: 'istio manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml',
  check: (system, report) => {
    // what has no containers is a part of an object, whose namespace is that of the other part
    for (const workload of system.workloads.filter(({ containers }) => containers.length > 0)) {
      const path = requestOf(workload);
      const reason = path && whyNotInjected(system, workload);
      if (reason) report.at(workload.manifest, workload.at(...path), `${workload.name} is not injected: ${reason}`);
    }
  },
};

/** Where a pod asks for injection; a label against it outweighs annotations, which may wait for better days. */
function requestOf(workload: Workload): (string | number)[] | undefined {
  if (workload.containers.some(({ name, image }) => name === 'istio-proxy' && image === 'auto')) return ['spec', 'containers'];
  if (workload.labels[INJECT] === 'true') return ['metadata', 'labels', INJECT];
  if (workload.labels[INJECT] === 'false') return undefined;
  const annotation = [TEMPLATES_ANNOTATION, INJECT].find(name => (workload.annotations[name] ?? 'false') !== 'false');
  return annotation === undefined ? undefined : ['metadata', 'annotations', annotation];
}
