import { containersOf, scriptLine } from '../../../model/kubernetes/containers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsMissingTool: Rule = {
  id: 'OPS-MISSING-TOOL',
  level: Level.ERROR,
  title: 'a script uses a program that its image does not have',
  why: 'the job fails every time it runs',
  fix: 'use an image that has it, or split the steps',
  source: 'contents of the official postgres image',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)(postgres|mysql|busybox|alpine):/)) {
      const script = container.script;
      const installs = /apk add|apt-get install|pip install/.test(script);
      const tools = ['kubectl', 'aws', 'gsutil', 'az'].filter(tool => new RegExp(`(^|[\\s;&|"]|\\\\n)${tool} -{0,2}[a-z]`).test(script));
      if (tools.length > 0 && !installs) report.on(workload.manifest, scriptLine(workload, container, new RegExp(`\\b${tools[0]} `)), `${container.image} has no ${tools.join(' and no ')}`);
    }
  },
};
