import { containersOf } from '../../../model/kubernetes/containers';
import { isInjected } from '../../../model/mesh/injection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyTwoProxies: Rule = {
  id: 'ENVOY-TWO-PROXIES',
  level: Level.WARNING,
  title: 'a pod has an Envoy of its own and gets Istio\'s',
  why: 'two proxies catch the same traffic, and mTLS is made twice or not at all',
  fix: 'set the label sidecar.istio.io/inject: "false", or leave the Envoy out',
  source: 'istio injection',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)envoy(-distroless|-contrib)?:/)) {
      if (isInjected(system, workload)) report.at(workload.manifest, container.path, `container ${container.name} is an Envoy, and the pod is injected`);
    }
  },
};
