import { usersOf } from '../../../model/envoy';
import { EnvoyPort, isEnvoyAlone, portsOf } from '../../../model/envoy-ports';
import { PROBES } from '../../../model/kubernetes/probes';
import { Container } from '../../../model/kubernetes/workload';
import { Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyPort: Rule = {
  id: 'ENVOY-PORT',
  level: Level.WARNING,
  title: 'a container of Envoy has a port that Envoy does not listen on, or not for others',
  why: 'callers and probes come to the address of the pod: nobody answers there, and a pod with such a probe is never ready',
  fix: 'write the port of a listener, and listen on 0.0.0.0',
  source: 'envoy config.listener.v3.Listener.address; Kubernetes probes',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const open = portsOf(envoy);
      for (const { workload, container } of open ? usersOf(system, envoy) : []) {
        if (!isEnvoyAlone(container.image) || workload.pod.hostNetwork === true) continue;
        for (const [path, port] of wantedPorts(container)) {
          const reason = problemOf(open!, port);
          if (reason) report.at(workload.manifest, [...container.path, ...path], `port ${port} ${reason}`);
        }
      }
    }
  },
};

function problemOf(open: readonly EnvoyPort[], port: number): string | undefined {
  const there = open.filter(one => one.port === port);
  if (there.length === 0) return `is none of Envoy's, which listens on ${[...new Set(open.map(one => one.port))].join(', ')}`;
  return there.every(({ isLocal, listener }) => isLocal && listener) ? 'is open to the pod itself only' : undefined;
}

/** The ports that a container says it has, and those that are asked for its health. */
function wantedPorts({ value }: Container): [Path, number][] {
  const ports = asObjects(value.ports).map((one, i): [Path, number] => [['ports', i, 'containerPort'], Number(one.containerPort)]);
  const probes = PROBES.flatMap(name => ['httpGet', 'tcpSocket'].map((kind): [Path, number] => {
    const { host, port } = asObject(asObject(value[name])[kind]);
    return [[name, kind, 'port'], asText(host) === '' && typeof port === 'number' ? port : NaN];
  }));
  return [...ports, ...probes].filter(([, port]) => port > 0);
}
