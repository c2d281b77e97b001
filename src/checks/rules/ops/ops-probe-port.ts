import { PROBES } from '../../../model/kubernetes/probes';
import { Container } from '../../../model/kubernetes/workload';
import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
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
    for (const { manifest, containers } of system.workloads) {
      for (const container of containers) {
        const asked = askedPorts(container);
        if (asked.length === 0) continue;
        const known = asObjects(container.value.ports).map(({ name }) => asText(name)).filter(name => name !== '');
        for (const { path, port } of asked.filter(one => !known.includes(one.port))) {
          report.at(manifest, path, `container ${container.name} has no port ${port}; it has ${known.join(', ') || 'none'}`);
        }
      }
    }
  },
};

/** The ports that probes ask by name. */
function askedPorts(container: Container): { path: Path; port: string }[] {
  const { value } = container;
  return PROBES.filter(probe => value[probe] !== undefined).flatMap(probe => ACTIONS.filter(action => isName(portOf(value[probe], action)))
    .map(action => ({ path: [...container.path, probe, action, 'port'], port: portOf(value[probe], action) })));
}

function portOf(probe: Json, action: string): Json {
  return asObject(asObject(probe)[action]).port;
}

function isName(port: Json): boolean {
  return typeof port === 'string' && !/^\d+$|[${]/.test(port);
}

const ACTIONS = ['httpGet', 'tcpSocket'];
