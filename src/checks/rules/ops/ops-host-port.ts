import { Workload } from '../../../model/kubernetes/workload';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsHostPort: Rule = {
  id: 'OPS-HOST-PORT',
  level: Level.ERROR,
  title: 'a port of every node is wanted twice',
  why: 'the second pod stays Pending, or its process cannot listen',
  fix: 'change one of the ports',
  source: 'Kubernetes: hostNetwork and hostPort',
  check: (system, report) => {
    const taken = new Map<string, Workload>();
    for (const workload of system.workloads.filter(candidate => candidate.manifest.kind === 'DaemonSet' && candidate.pod.nodeSelector === undefined
      && asObject(candidate.pod.affinity).nodeAffinity === undefined)) {
      for (const container of workload.containers) {
        asObjects(container.value.ports).forEach((port, i) => {
          const number = port.hostPort ?? (workload.pod.hostNetwork === true ? port.containerPort : undefined);
          if (typeof number !== 'number' || asText(port.hostIP) !== '') return;
          const key = `${number}/${asText(port.protocol) || 'TCP'}`;
          if (key === KUBELET) report.at(workload.manifest, [...container.path, 'ports', i], `port ${key} is the kubelet's`);
          const other = taken.get(key);
          if (other && (other.name !== workload.name || other.namespace !== workload.namespace)) report.at(workload.manifest, [...container.path, 'ports', i], `port ${key} is taken by ${other.namespace}/${other.name}`);
          taken.set(key, other ?? workload);
        });
      }
    }
  },
};

const KUBELET = '10250/TCP';
