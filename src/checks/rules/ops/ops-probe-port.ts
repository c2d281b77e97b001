import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsProbePort: Rule = {
  id: 'OPS-PROBE-PORT',
  level: Level.ERROR,
  title: 'a probe asks a port that its container does not name',
  why: 'the kubelet finds no port and takes no answer down: the pod never gets ready, or is never restarted',
  fix: 'give the port of the container that name, or write its number',
  source: 'Kubernetes pkg/probe/util.go, pkg/kubelet/prober/worker.go',
  check: (system, report) => {
    for (const workload of system.workloads) {
      for (const container of workload.containers) {
        const { value, name } = container;
        for (const probe of PROBES) {
          for (const action of value[probe] === undefined ? [] : ACTIONS) {
            const port = asObject(asObject(value[probe])[action]).port;
            if (typeof port !== 'string' || /^\d+$|[${]/.test(port) || asObjects(value.ports).some(one => one.name === port)) continue;
            const known = asObjects(value.ports).map(one => asText(one.name)).filter(text => text !== '').join(', ') || 'none';
            report.at(workload.manifest, [...container.path, probe, action, 'port'], `container ${name} has no port ${port}; it has ${known}`);
          }
        }
      }
    }
  },
};

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];
const ACTIONS = ['httpGet', 'tcpSocket'];
