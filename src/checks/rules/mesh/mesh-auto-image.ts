import { TEMPLATES_ANNOTATION, templatesOf } from '../../../model/mesh/injection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAutoImage: Rule = {
  id: 'MESH-AUTO-IMAGE',
  level: Level.ERROR,
  title: 'a container has the image auto, and is no gateway that injection makes',
  why: 'injection knows the proxy by its container name: any other container keeps the image "auto", which nobody can pull; '
    + 'with the template sidecar it is no gateway, and opens no port of a Gateway',
  fix: 'call the container istio-proxy, and annotate the pod with inject.istio.io/templates: gateway',
  source: 'istio gateway injection; pkg/kube/inject/webhook.go, AutoImage',
  check: (system, report) => {
    for (const workload of system.workloads) {
      for (const container of workload.containers.filter(({ image, name }) => image === 'auto' && name !== 'istio-proxy')) {
        report.at(workload.manifest, [...container.path, 'name'], `container "${container.name}" has the image auto, which stands for that of istio-proxy`);
      }
      if (templatesOf(workload).includes('sidecar') && workload.containers.some(({ image, name }) => image === 'auto' && name === 'istio-proxy')) {
        report.at(workload.manifest, workload.at('metadata', 'annotations', TEMPLATES_ANNOTATION), 'istio-proxy has the image auto, as gateways do, and the template is sidecar');
      }
    }
  },
};
