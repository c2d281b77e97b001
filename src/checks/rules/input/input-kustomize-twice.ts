import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Manifest, asTexts } from '../../../model/manifest';
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
    const kustomizations = system.all('Kustomization').filter(({ group }) => group === 'kustomize.config.k8s.io');
    if (kustomizations.length === 0) return;
    const byFile = new Map<string, Manifest[]>();
    for (const manifest of system.manifests) {
      const beside = byFile.get(manifest.file);
      if (beside) beside.push(manifest);
      else byFile.set(manifest.file, [manifest]);
    }
    for (const kustomization of kustomizations) {
      const seen = new Map<string, Manifest>();
      const files = asTexts(kustomization.value.resources).map(name => join(dirname(kustomization.file), name));
      for (const manifest of files.flatMap(file => byFile.get(file) ?? [])) {
        if (manifest.name === '' || manifest.apiVersion === '') continue;
        const key = `${manifest.group}/${manifest.kind}/${manifest.namespace}/${manifest.name}`;
        const first = seen.get(key);
        if (!first) seen.set(key, manifest);
        else if (first.file !== manifest.file || !isDeepStrictEqual(first.value, manifest.value)) report.at(manifest, ['metadata', 'name'], `${manifest.kind} ${manifest.name} is defined already in ${first.file}`);
      }
    }
  },
};
