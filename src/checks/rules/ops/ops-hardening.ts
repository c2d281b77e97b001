import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsHardening: Rule = {
  id: 'OPS-HARDENING',
  level: Level.INFO,
  title: 'containers lack probes, resources or a security context',
  why: 'a hung pod gets traffic, one pod can starve a node, and a broken one has more rights than it needs',
  fix: 'add readinessProbe, resources.requests and securityContext',
  source: 'Pod Security Standards',
  check: (system, report) => {
    for (const workload of system.workloads) {
      // what runs once needs none of it: jobs, and the hooks and tests of Helm
      if (['Job', 'CronJob', 'AutoscalingRunnerSet'].includes(workload.manifest.kind) || workload.manifest.annotations['helm.sh/hook'] !== undefined) continue;
      for (const container of workload.containers) {
        if (container.init || container.name === 'istio-proxy') continue;
        if (container.value.readinessProbe !== undefined && container.value.resources !== undefined) continue;
        const missing = [['readinessProbe', container.value.readinessProbe], ['resources', container.value.resources],
          ['securityContext', container.value.securityContext ?? workload.pod.securityContext]].filter(([, value]) => value === undefined).map(([name]) => name);
        if (missing.length > 1) report.at(workload.manifest, container.path, `container ${container.name} has no ${missing.join(', no ')}`);
      }
    }
  },
};
