import { containersOf } from '../../../model/kubernetes/containers';
import { asTexts } from '../../../model/manifest';
import { flagFault } from '../../../model/spire/flags';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireArgs: Rule = {
  id: 'SPIRE-ARGS',
  level: Level.ERROR,
  title: 'a SPIRE container has arguments that its program does not take',
  why: 'an unknown flag stops the program; the image runs `spire-server run` or `spire-agent run` already, and what stands behind another run is no longer read as flags',
  fix: 'begin args with -config, give each flag and each value an item of its own, or set command to the whole path of the program',
  source: 'spire Dockerfile: ENTRYPOINT; cmd/spire-server/cli/run, cmd/spire-agent/cli/run: parseFlags',
  check: (system, report) => {
    for (const program of ['server', 'agent'] as const) {
      for (const { workload, container } of containersOf(system, new RegExp(`(^|/)spire-${program}[:@]`))) {
        const [command, args] = [asTexts(container.value.command), asTexts(container.value.args)];
        if (command.length === 0 && args[0] === 'run') {
          report.at(workload.manifest, [...container.path, 'args', 0], 'args begin with run');
          continue;
        }
        const runs = command.length === 0 || (command.length === 2 && command[0].endsWith(`spire-${program}`) && command[1] === 'run');
        const fault = runs ? flagFault(program, args) : undefined;
        if (fault) report.at(workload.manifest, [...container.path, 'args', fault.at], fault.message);
      }
    }
    for (const { workload, container } of containersOf(system, /(^|\/)oidc-discovery-provider[:@]/)) {
      const [command, args] = [asTexts(container.value.command), asTexts(container.value.args)];
      const fault = command.length === 0 ? flagFault('oidc', args) : undefined;
      if (fault) report.at(workload.manifest, [...container.path, 'args', fault.at], fault.message);
    }
  },
};
