import { Container, Workload } from '../../../model/kubernetes/workload';
import { asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { Agent, Server } from '../../../model/spire/discovery';
import { hiddenListeners, listenersOf, managerListeners } from '../../../model/spire/listeners';
import { listenPort } from '../../../model/spire/oidc';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spirePortUnheard: Rule = {
  id: 'SPIRE-PORT-UNHEARD',
  level: Level.WARNING,
  title: 'a container of SPIRE has a port at which its program does not listen',
  why: 'who is sent there by the name of the port, such as a monitor, a probe or a Service, is refused',
  fix: 'make the port that of the configuration, or remove it',
  source: 'cmd/spire-server/cli/run/run.go; pkg/common/health; pkg/common/telemetry/prometheus.go; support/oidc-discovery-provider',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents]) {
      const { manifest } = program.text;
      const heard = manifest && hasVariants(system).has(`${manifest.namespace}/${manifest.name}`) ? undefined : portsOf(system, program);
      if (heard && program.container && program.workload) tell(report, program.workload, program.container, heard);
    }
    for (const { config, container, workload } of system.oidcProviders) {
      const port = config && listenPort(config);
      if (port === undefined || config!.file.has('acme') || !container || workload?.containers.length !== 1) continue;
      const health = config!.file.block('health_checks');
      tell(report, workload, container, [port, ...health ? [health.int('bind_port') ?? 8008] : []]);
    }
  },
};

/** The ConfigMaps that the input has several of: which of them a container has is not known. */
const hasVariants = once((system: System): ReadonlySet<string> => {
  const names = system.all('ConfigMap').map(({ namespace, name }) => `${namespace}/${name}`);
  const seen = new Set<string>();
  return new Set(names.filter(name => seen.size === seen.add(name).size));
});

/** The ports of a program and of what is beside it in the pod; undefined where a plugin or another container may have more. */
function portsOf(system: System, program: Server | Agent): number[] | undefined {
  const { config, workload } = program;
  if (!config || !workload || hiddenListeners(program) || workload.containers.some(({ init, image }) => !init && !OURS.test(image))) return undefined;
  const beside = config.kind === 'server' ? managerListeners(system, program as Server) : [];
  const listeners = listenersOf(program);
  return listeners.length > 0 ? [...listeners, ...beside].map(({ port }) => port).concat(config.kind === 'server' ? WEBHOOK : []) : undefined;
}

const OURS = /(^|\/)spire-(server|agent|controller-manager)[:@]/;

/** Where a controller manager takes the questions of the API server. */
const WEBHOOK = 9443;

function tell(report: Report, workload: Workload, { value, path, name }: Container, heard: readonly number[]): void {
  asObjects(value.ports).forEach((port, i) => {
    const given = port.containerPort;
    if (typeof given !== 'number' || heard.includes(given)) return;
    report.at(workload.manifest, [...path, 'ports', i], `container ${name} has port ${given}${asText(port.name) === '' ? '' : ` (${asText(port.name)})`}; the program listens on ${heard.join(', ')}`);
  });
}
