import { fileOf, kustomizationsOf, resourceFiles } from '../../../model/kustomize';
import { Manifest } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputKustomizeTwice: Rule = {
  id: 'INPUT-KUSTOMIZE-TWICE',
  level: Level.ERROR,
  title: 'two files of one Kustomization define the same object',
  why: 'kustomize refuses the whole folder: an object of that name is registered already',
  fix: 'remove one, give it another name or namespace, or make it a patch',
  source: 'kustomize: resources',
  check: (system, report) => {
    const kustomizations = kustomizationsOf(system);
    if (kustomizations.length === 0) return;
    const byFile = new Map<string, Manifest[]>();
    for (const manifest of system.manifests) {
      const beside = byFile.get(fileOf(manifest));
      if (beside) beside.push(manifest);
      else byFile.set(fileOf(manifest), [manifest]);
    }
    for (const kustomization of kustomizations) {
      const seen = new Map<string, Manifest>();
      for (const manifest of resourceFiles(kustomization).flatMap(file => byFile.get(file) ?? [])) {
        if (manifest.name === '' || manifest.apiVersion === '') continue;
        const key = `${manifest.apiVersion}/${manifest.kind}/${manifest.namespace}/${manifest.name}`;
        const first = seen.get(key);
        if (!first) seen.set(key, manifest);
        else if (first.file !== manifest.file) report.at(manifest, ['metadata', 'name'], `${manifest.kind} ${manifest.name} is defined already in ${first.file}`);
      }
    }
  },
};
