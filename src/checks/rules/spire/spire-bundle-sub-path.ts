import { asText } from '../../../model/manifest';
import { publishedBundles } from '../../../model/spire/bundles';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireBundleSubPath: Rule = {
  id: 'SPIRE-BUNDLE-SUB-PATH',
  level: Level.WARNING,
  title: 'the agent keeps the trust bundle that its pod began with',
  why: 'what is mounted with subPath is never updated: a container that starts again after the root has changed trusts a server that is gone',
  fix: 'mount the whole ConfigMap as a folder',
  source: 'Kubernetes: ConfigMaps, mounted ConfigMaps are updated automatically',
  check: (system, report) => {
    const published = new Set(publishedBundles(system).map(({ namespace, name }) => `${namespace}/${name}`));
    for (const { config, workload, container } of published.size > 0 ? system.agents : []) {
      const path = config?.agent.text('trust_bundle_path') ?? '';
      if (!workload || !container || path === '' || isUnknown(path)) continue;
      const mounts: { mountPath?: string; subPath?: string; name?: string }[] = container.value.volumeMounts ?? [];
      const at = mounts.findIndex(mount => mount.subPath !== undefined && `${path}/`.startsWith(`${asText(mount.mountPath)}/`));
      const name = asText(workload.volume(asText(mounts[at]?.name))?.configMap?.name);
      if (at >= 0 && published.has(`${workload.namespace}/${name}`)) {
        report.at(workload.manifest, [...container.path, 'volumeMounts', at], `trust_bundle_path is ${path}, a file of ConfigMap ${name} by subPath`);
      }
    }
  },
};
