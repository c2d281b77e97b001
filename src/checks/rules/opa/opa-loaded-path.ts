import { asObjects, asText } from '../../../model/manifest';
import { loadedPaths, opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaLoadedPath: Rule = {
  id: 'OPA-LOADED-PATH',
  level: Level.ERROR,
  title: 'OPA is told to load policies from where none are mounted',
  why: 'the images of OPA hold no policies: OPA finds no such file and does not start',
  fix: 'name the mountPath of the policies',
  source: 'opa run; Dockerfile of OPA',
  check: (system, report) => {
    for (const { workload, container, args } of opaContainers(system)) {
      const mounts = asObjects(container.value.volumeMounts).map(({ mountPath }) => asText(mountPath).replace(/\/$/, ''));
      if (mounts.length === 0 || !args.includes('run') || !/(^|\/)openpolicyagent\/opa[:@-]/.test(container.image)) continue;
      for (const path of loadedPaths(args).map(one => one.replace(/\/$/, ''))) {
        if (mounts.some(mount => path === mount || path.startsWith(`${mount}/`) || mount.startsWith(`${path}/`))) continue;
        report.at(workload.manifest, [...container.path, 'args'], `OPA loads ${path}, mounted is ${mounts.join(', ')}`);
      }
    }
  },
};
