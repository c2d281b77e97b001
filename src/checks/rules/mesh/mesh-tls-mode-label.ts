import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTlsModeLabel: Rule = {
  id: 'MESH-TLS-MODE-LABEL',
  level: Level.WARNING,
  title: 'a pod carries a label that belongs to the injector',
  why: 'without a sidecar, clients send mTLS to a pod that does not speak it',
  fix: 'remove the label',
  source: 'istio injection-template.yaml',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const injected = workload.containers.some(container => container.name === 'istio-proxy');
      if (workload.labels['security.istio.io/tlsMode'] !== undefined && !injected) report.at(workload.manifest, workload.at('metadata', 'labels', 'security.istio.io/tlsMode'), 'security.istio.io/tlsMode is set by hand');
    }
  },
};
