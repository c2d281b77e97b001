import { containersOf } from '../../../model/kubernetes/containers';
import { PROBES } from '../../../model/kubernetes/probes';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { asObject, asText, asTexts } from '../../../model/manifest';
import { DEFAULT_AGENT_SOCKET } from '../../../model/spire/agent';
import { isUnknown } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireProbeCommand: Rule = {
  id: 'SPIRE-PROBE-COMMAND',
  level: Level.ERROR,
  title: 'a probe runs a command that SPIRE does not have',
  why: 'the probe fails whatever the state of SPIRE is: the pod never becomes ready, or is killed again and again',
  fix: 'use httpGet on health_checks, or exec with /opt/spire/bin/spire-server healthcheck (spire-agent in an agent)',
  source: 'cmd/spire-server/cli/cli.go; cmd/spire-agent/cli/cli.go',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)spire-(server|agent)[:@]/)) {
      const own = /spire-(server|agent)[:@]/.exec(container.image)![1];
      for (const kind of PROBES) {
        const probe = asObject(container.value[kind]);
        const wrong = probe.grpc === undefined ? faultOf(asTexts(asObject(probe.exec).command), own) : 'SPIRE has no gRPC health service for the kubelet';
        if (wrong !== undefined) report.at(workload.manifest, [...container.path, kind], wrong);
      }
    }
    for (const { program: { container, workload }, socket } of runningOf(system)) {
      if (!container || !workload) continue;
      for (const kind of PROBES) {
        const command = asTexts(asObject(asObject(container.value[kind]).exec).command);
        if (!/spire-(server|agent)$/.test(command[0] ?? '') || command[1] !== 'healthcheck' || socket.includes('$') || isUnknown(socket)) continue;
        const asked = socketOf(command) ?? (/server$/.test(command[0]) ? SERVER_SOCKET : DEFAULT_AGENT_SOCKET);
        if (asked === socket) continue;
        report.at(workload.manifest, [...container.path, kind, 'exec', 'command'], `the probe asks ${asked}, the socket is ${socket}`, `give -socketPath ${socket}`);
      }
    }
  },
};

function faultOf(command: string[], own: string): string | undefined {
  const program = /(?:^|\/)spire-(server|agent)$/.exec(command[0] ?? '')?.[1];
  if (program === undefined) return undefined;
  if (program !== own) return `the probe runs spire-${program} in the image of spire-${own}`;
  const verb = asText(command[1]);
  return verb === 'healthcheck' || COMMANDS.includes(verb) ? undefined : `spire-${program} has no command "${verb}"`;
}

const SERVER_SOCKET = '/tmp/spire-server/private/api.sock';

interface Running {
  readonly program: { readonly container?: Container; readonly workload?: Workload };
  readonly socket: string;
}

/** The servers and agents whose configuration is known, and the socket it names. */
function runningOf(system: System): Running[] {
  return [
    ...system.servers.filter(({ config }) => config).map(program => ({ program, socket: program.config!.server.text('socket_path') || SERVER_SOCKET })),
    ...system.agents.filter(({ config }) => config).map(program => ({ program, socket: program.config!.agent.text('socket_path') || DEFAULT_AGENT_SOCKET })),
  ];
}

const COMMANDS = ['agent', 'api', 'bundle', 'entry', 'federation', 'jwt', 'localauthority', 'logger', 'token', 'validate', 'x509'];

function socketOf(command: string[]): string | undefined {
  const at = command.findIndex(word => /^--?socketPath(=|$)/.test(word));
  if (at < 0) return undefined;
  const [, joined] = /=(.*)$/.exec(command[at]) ?? [];
  return joined ?? command[at + 1];
}
