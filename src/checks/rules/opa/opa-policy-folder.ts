import { asObjects, asText, asTexts } from '../../../model/manifest';
import { opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaPolicyFolder: Rule = {
  id: 'OPA-POLICY-FOLDER',
  level: Level.ERROR,
  title: 'OPA loads a ConfigMap three times',
  why: 'the folder of a mounted ConfigMap holds hidden copies: "multiple default rules", and OPA does not start',
  fix: 'add --ignore=.* or name the file',
  source: 'observed: OPA 1.22',
  check: (system, report) => {
    for (const { workload, container, args } of opaContainers(system)) {
      if (args.some(arg => arg.startsWith('--ignore')) || !args.includes('run')) continue;
      for (const mount of asObjects(container.value.volumeMounts)) {
        const folder = asText(mount.mountPath).replace(/\/$/, '');
        const isFolder = (arg: string): boolean => arg.replace(/\/$/, '') === folder;
        if (!args.some(isFolder) || !workload.volume(asText(mount.name))?.configMap) continue;
        // the folder may be in command as well
        const place = asTexts(container.value.args).findIndex(isFolder);
        report.at(workload.manifest, [...container.path, 'args', ...place < 0 ? [] : [place]], `${folder} is the folder of a ConfigMap`);
      }
    }
  },
};
