import { opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaBundleProbe: Rule = {
  id: 'OPA-BUNDLE-PROBE',
  level: Level.WARNING,
  title: 'OPA\'s readiness waits for a bundle that is not configured',
  why: 'the probe asks for bundles, and none is configured',
  fix: 'probe /health?plugins on the diagnostic address',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    let known: boolean | undefined;
    const configured = (): boolean => known ??= system.all('ConfigMap').some(map => /bundles:/.test(JSON.stringify(map.value.data ?? {})));
    for (const { workload, container, args } of opaContainers(system)) {
      const probes = JSON.stringify([container.value.readinessProbe ?? null, container.value.livenessProbe ?? null]);
      const bundles = args.some(arg => /^--?b(undle)?$|--set=?bundles|--config-file/.test(arg)) && configured();
      if (/bundles?=true|[?&]bundles?["&]/.test(probes) && !bundles) report.at(workload.manifest, [...container.path, 'readinessProbe'], 'the probe asks for bundles');
    }
  },
};
