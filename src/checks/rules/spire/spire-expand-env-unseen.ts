import { isOtherText, variablesOf } from '../../../model/spire/expand-env';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireExpandEnvUnseen: Rule = {
  id: 'SPIRE-EXPAND-ENV-UNSEEN',
  level: Level.WARNING,
  title: 'a configuration uses variables and nobody is seen to run it',
  why: 'without -expandEnv the text stays as it is, and spire-server validate does not notice',
  fix: 'run it with -expandEnv and the variable set from a Secret',
  source: 'pkg/common/config; observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents, ...system.oidcProviders]) {
      if (program.container) continue;
      const lines = program.text.text.split('\n').map(line => variablesOf(line.replace(/^\s*(#|\/\/).*$/, '')).filter(found => !isOtherText(found)));
      const names = [...new Set(lines.flat())].map(name => `\${${name}}`).join(', ');
      if (names !== '') report.in(program.text, lines.findIndex(found => found.length > 0) + 1, `only a program that runs with -expandEnv replaces ${names}`);
    }
  },
};
