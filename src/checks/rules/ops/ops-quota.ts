import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asList, asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsQuota: Rule = {
  id: 'OPS-QUOTA',
  level: Level.ERROR,
  title: 'a container does not say what the quota of its namespace counts',
  why: 'the pods are refused; the Deployment or DaemonSet stays at zero without an error of its own',
  fix: 'write the requests and limits, or add a LimitRange with defaults',
  source: 'Kubernetes: ResourceQuota; pkg/quota/v1/evaluator/core/pods.go',
  check: (system, report) => {
    const defaults = new Set(system.all('LimitRange').map(({ namespace }) => namespace));
    for (const quota of system.all('ResourceQuota').filter(({ group, namespace, spec }) => group === '' && !defaults.has(namespace) && !isScoped(spec))) {
      const counted = countedBy(quota);
      for (const workload of counted.length > 0 ? system.workloadsIn(quota.namespace).filter(({ pod }) => pod.resources === undefined) : []) {
        for (const { value, path, name } of workload.containers) {
          const missing = counted.filter(([field, resource]) => !isSaid(value, field, resource));
          if (missing.length > 0) report.at(workload.manifest, [...path, 'resources'], `container ${name} has no ${missing.map(([field, resource]) => `${field}.${resource}`).join(', ')}, which ResourceQuota ${quota.name} counts`);
        }
      }
    }
  },
};

function isScoped({ scopes, scopeSelector }: Manifest['spec']): boolean {
  return asList(scopes).length > 0 || scopeSelector !== undefined;
}

/** The fields that a quota wants in every container. */
function countedBy(quota: Manifest): [field: string, resource: string][] {
  const names = Object.keys(asObject(quota.spec.hard)).map(name => /^(cpu|memory)$/.test(name) ? `requests.${name}` : name);
  return [...new Set(names)].flatMap((name): [string, string][] => {
    const [, field, resource] = /^(requests|limits)\.(cpu|memory)$/.exec(name) ?? [];
    return field === undefined ? [] : [[field, resource]];
  });
}

/** A request that is not there is the limit. */
function isSaid(container: Workload['pod'], field: string, resource: string): boolean {
  const { requests, limits } = asObject(container.resources);
  return asObject(limits)[resource] !== undefined || field === 'requests' && asObject(requests)[resource] !== undefined;
}
