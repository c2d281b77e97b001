import { basename, dirname } from 'node:path';
import { collect } from '../../../model/collect';
import { fileOf, kustomizationsOf, patchFilesOf, resourceFiles } from '../../../model/kustomize';
import { asText, asTexts } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputKustomizeFile: Rule = {
  id: 'INPUT-KUSTOMIZE-FILE',
  level: Level.WARNING,
  title: 'a Kustomization names a file that is not there, beside one that it does not name',
  why: 'kustomize refuses the whole folder; the file beside it is applied by nobody',
  fix: 'write the name that the file has into resources',
  source: 'kustomize: resources',
  check: (system, report) => {
    const kustomizations = kustomizationsOf(system);
    const files = kustomizations.length === 0 ? new Map<string, string[]>() : filesOf(system);
    for (const kustomization of kustomizations) {
      const folder = dirname(fileOf(kustomization));
      const near = files.get(folder) ?? [];
      const resources = resourceFiles(kustomization);
      const named = new Set([fileOf(kustomization), ...resources, ...patchFilesOf(kustomization)]);
      const missing = resources.findIndex(file => /\.ya?ml$/.test(file) && dirname(file) === folder && !near.includes(file));
      // values of charts and files for ConfigMaps are named elsewhere
      const left = near.filter(file => !named.has(file) && !kustomization.text.includes(basename(file)));
      // of several nobody can tell which is meant
      if (missing < 0 || left.length !== 1) continue;
      const name = asText(asTexts(kustomization.value.resources)[missing]);
      report.at(kustomization, ['resources', missing], `${name} is not there; ${basename(left[0])} is`);
    }
  },
};

/** The files of the input with objects, by folder. */
function filesOf(system: System): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of new Set(system.manifests.filter(({ kind }) => kind !== '').map(fileOf))) collect(found, dirname(file), file);
  return found;
}
