import { Manifest, asObject, asText } from '../../../model/manifest';
import { environmentOf } from '../../../model/spire/environment';
import { isOtherText, variablesOf } from '../../../model/spire/expand-env';
import { managerContainers, managerWorkloads, managersOf } from '../../../model/spire/managers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireExpandEnv: Rule = {
  id: 'SPIRE-EXPAND-ENV',
  level: Level.ERROR,
  title: 'a configuration uses variables that nobody expands',
  why: 'without -expandEnv the text stays as it is; an unset variable becomes nothing without a word',
  fix: 'add -expandEnv to the arguments and set the variable in the container',
  source: 'pkg/common/config; observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    for (const program of [...system.servers, ...system.agents, ...system.oidcProviders]) {
      if (!program.container) continue;
      const lines = program.text.text.split('\n');
      for (const name of new Set(variablesOf(program.text.text))) {
        const line = lines.findIndex(text => variablesOf(text.replace(/^\s*(#|\/\/).*$/, '')).includes(name)) + 1;
        if (line === 0) continue;
        if (!program.expands && isOtherText(name)) continue;
        if (!program.expands) report.in(program.text, line, `\${${name}} stays as it is: container ${program.container.name} runs without -expandEnv`);
        else if (!program.environment!.has(name)) report.in(program.text, line, `\${${name}} becomes nothing: container ${program.container.name} has no variable ${name}`);
      }
    }
    for (const { text } of [...system.servers, ...system.agents, ...system.oidcProviders].filter(program => program.expands)) {
      text.text.split('\n').forEach((line, i) => {
        for (const [whole, name] of line.replace(/^\s*(#|\/\/).*$/, '').matchAll(DEFAULTED)) report.in(text, i + 1, `${whole} becomes nothing: there are no defaults, and no variable is called "${name}"`, 'set the variable in the container, and write its name only');
      });
    }
    for (const workload of managerWorkloads(system)) {
      const [container] = managerContainers(workload);
      const expands = container.words.some(word => /^--?expand-env(=(true|TRUE|True|t|T|1))?$/.test(word));
      const environment = environmentOf(container, workload.namespace, (...key) => system.find(...key));
      for (const [manager, key, name] of managersOf(system, workload).flatMap(usedBy)) {
        if (!expands && !isOtherText(name)) report.at(manager, [key], `\${${name}} stays as it is: container ${container.name} runs without -expand-env`, 'add -expand-env to the arguments and set the variable in the container');
        else if (expands && !environment.has(name)) report.at(manager, [key], `\${${name}} becomes nothing: container ${container.name} has no variable ${name}`);
      }
    }
  },
};

/** What shells replace by a default. */
const DEFAULTED = /\$\{([A-Za-z_]\w*:?[-=+?][^}]*)\}/g;

/** The variables in the settings of a controller manager, and where they are. */
function usedBy(manager: Manifest): [Manifest, string, string][] {
  return Object.entries(asObject(manager.value)).flatMap(([key, value]) =>
    [...new Set(variablesOf(asText(value)))].map((name): [Manifest, string, string] => [manager, key, name]));
}
