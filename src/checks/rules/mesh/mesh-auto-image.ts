import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAutoImage: Rule = {
  id: 'MESH-AUTO-IMAGE',
  level: Level.ERROR,
  title: 'a container has the image auto, and another name than Istio\'s proxy',
  why: 'injection knows the proxy by its container name: any other container keeps the image "auto", which nobody can pull',
  fix: 'call the container istio-proxy',
  source: 'istio gateway injection; pkg/kube/inject/webhook.go, AutoImage',
  check: (system, report) => {
    for (const workload of system.workloads) {
      for (const container of workload.containers.filter(({ image, name }) => image === 'auto' && name !== 'istio-proxy')) {
        report.at(workload.manifest, [...container.path, 'name'], `container "${container.name}" has the image auto, which stands for that of istio-proxy`);
      }
    }
  },
};
