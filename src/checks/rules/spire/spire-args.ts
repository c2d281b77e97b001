import { containersOf } from '../../../model/kubernetes/containers';
import { asList, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireArgs: Rule = {
  id: 'SPIRE-ARGS',
  level: Level.ERROR,
  title: 'the arguments of a SPIRE container name the command a second time',
  why: 'the image runs `spire-server run` or `spire-agent run` already: what stands behind another run is no longer read as flags, and the default configuration is used',
  fix: 'begin args with -config, or set command to the whole path of the program',
  source: 'spire Dockerfile: ENTRYPOINT',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)spire-(server|agent)[:@]/)) {
      const [first] = asList(container.value.args);
      if (asList(container.value.command).length === 0 && asText(first) === 'run') report.at(workload.manifest, [...container.path, 'args', 0], 'args begin with run');
    }
  },
};
