import { ciScripts, configScripts } from '../../../model/ci-scripts';
import { containersOf, scriptLine, scriptsOf } from '../../../model/kubernetes/containers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsSpireCommand: Rule = {
  id: 'OPS-SPIRE-COMMAND',
  level: Level.ERROR,
  title: 'a command of SPIRE does not exist',
  why: 'the program prints its help and ends with an error',
  fix: 'use the command as spire-server or spire-agent has it, such as entry show or bundle list',
  source: 'cmd/spire-server/cli/cli.go; cmd/spire-agent/cli/cli.go',
  check: (system, report) => {
    const containers = new Map([...containersOf(system, /(^|\/)spire-(server|agent)[:@]/), ...scriptsOf(system)].map(one => [one.container, one]));
    for (const { workload, container } of containers.values()) {
      for (const { group, message } of wrongCalls(container.args.join(' '))) {
        report.on(workload.manifest, scriptLine(workload, container, new RegExp(`\\b${group}\\b`)), message);
      }
    }
    for (const script of [...ciScripts(system), ...configScripts(system)]) {
      const lines = script.text.split('\n');
      for (const { group, verb, message } of wrongCalls(script.text)) {
        report.in(script, lines.findIndex(line => line.includes(`${group} ${verb}`)) + 1, message);
      }
    }
  },
};

function wrongCalls(script: string): { group: string; verb: string; message: string }[] {
  return [...script.replace(/\\\n\s*/g, ' ').matchAll(CALL)].filter(([, program, group, verb]) => COMMANDS[program][group]?.includes(verb) === false)
    .map(([, program, group, verb]) => ({ group, verb, message: `spire-${program} ${group} has no ${verb}: ${COMMANDS[program][group].join(', ')}` }));
}

/** A call, and no text that speaks of the program: it stands where a command begins. */
const CALL = /(?:^|[;&|(`"'\n]|\s-c|\s--|\b(?:do|then|else|exec|sudo|until|while|if|!))\s*(?:[\w./-]*\/)?spire-(server|agent) (\w[\w-]*) (\w[\w-]*)/g;

const COMMANDS: Record<string, Record<string, string[]>> = {
  server: {
    entry: ['count', 'create', 'update', 'delete', 'show'],
    agent: ['ban', 'count', 'evict', 'list', 'show', 'purge'],
    bundle: ['count', 'show', 'list', 'set', 'delete'],
    federation: ['create', 'delete', 'list', 'refresh', 'show', 'update'],
    token: ['generate'],
    x509: ['mint'],
    jwt: ['mint'],
  },
  agent: { api: ['fetch', 'validate', 'watch'] },
};
