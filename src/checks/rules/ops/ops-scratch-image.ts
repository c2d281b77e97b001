import { configScripts } from '../../../model/ci-scripts';
import { containersOf, scriptLine, scriptsOf } from '../../../model/kubernetes/containers';
import { PROBES } from '../../../model/kubernetes/probes';
import { asObject, asTexts } from '../../../model/manifest';
import { SPIRE_IMAGE } from '../../../model/spire/images';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsScratchImage: Rule = {
  id: 'OPS-SCRATCH-IMAGE',
  level: Level.ERROR,
  title: 'a command is run that the image does not have',
  why: 'SPIRE\'s images hold the program and nothing else: no shell, no tar, no curl',
  fix: 'use the program itself, such as spire-server healthcheck, or another image',
  source: 'spire Dockerfile',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, SPIRE_IMAGE)) {
      const commands: [string[], string[]][] = [[['command'], asTexts(container.value.command)],
        ...PROBES.map(name => [[name], asTexts(asObject(asObject(container.value[name]).exec).command)] as [string[], string[]]),
        ...['postStart', 'preStop'].map(name => [['lifecycle', name], asTexts(asObject(asObject(asObject(container.value.lifecycle)[name]).exec).command)] as [string[], string[]])];
      for (const [path, command] of commands) {
        if (/(^|\/)(sh|bash|ash|tar|curl|wget|cat|sleep|grep|ls)$/.test(command[0] ?? '')) report.at(workload.manifest, [...container.path, ...path], `${container.image} has no ${command[0]}`);
      }
    }
    const names = [...system.servers, ...system.agents].flatMap(({ workload }) => workload?.name.replace(/[^\w-]/g, '') ?? []);
    const execs = new RegExp(`kubectl\\s+exec[^\\n]*\\b(${['spire-server', 'spire-agent', ...names].join('|')})[\\w-]*[^\\n]*?\\s--\\s+(sh|bash|tar|curl|cat|ls)\\b`);
    for (const script of configScripts(system)) {
      script.text.split('\n').forEach((line, i) => {
        const exec = execs.exec(line.replace(/^\s*#.*$/, ''));
        if (exec) report.in(script, i + 1, `the image of ${exec[1]} has no ${exec[2]}`);
      });
    }
    for (const { workload, container } of scriptsOf(system)) {
      const script = container.args.join('\n').replace(/\\\n\s*/g, ' ');
      const exec = execs.exec(script);
      if (exec) report.on(workload.manifest, scriptLine(workload, container, /kubectl\s+exec/), `the image of ${exec[1]} has no ${exec[2]}`);
    }
  },
};
