import { dirname } from 'node:path';
import { fileOf, kustomizationsOf, resourceFiles } from '../../../model/kustomize';
import { Manifest, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputKustomizeImage: Rule = {
  id: 'INPUT-KUSTOMIZE-IMAGE',
  level: Level.WARNING,
  title: 'a kustomization sets the version of an image that nothing has',
  why: 'kustomize says nothing: the pods keep the version that is written in them',
  fix: 'write the name as it is in the containers',
  source: 'kustomize: images',
  check: (system, report) => {
    const setting = kustomizationsOf(system).filter(({ kind, value }) => kind !== 'Component' && asObjects(value.images).length > 0);
    if (setting.length === 0) return;
    const input = inputOf(system);
    const images = new Set(system.workloads.flatMap(({ containers }) => containers.map(({ image }) => image.replace(/(@.*|:[^:/]*)$/, ''))));
    for (const kustomization of setting.filter(one => isWhole(one, input, new Set()))) {
      asObjects(kustomization.value.images).forEach(({ name, newName }, i) => {
        const image = asText(name);
        if (image === '' || images.has(image) || images.has(asText(newName)) || isWritten(system, image)) return;
        report.at(kustomization, ['images', i, 'name'], `no container has the image ${image}`);
      });
    }
  },
};

interface Input {
  readonly files: ReadonlySet<string>;
  readonly byFolder: ReadonlyMap<string, Manifest>;
}

function inputOf(system: System): Input {
  return { files: new Set(system.manifests.map(fileOf)), byFolder: new Map(kustomizationsOf(system).map(one => [dirname(fileOf(one)), one])) };
}

/** Whether all that a kustomization takes is in the input. */
function isWhole(kustomization: Manifest, input: Input, seen: Set<Manifest>): boolean {
  if (kustomization.value.helmCharts !== undefined) return false;
  seen.add(kustomization);
  const taken = resourceFiles(kustomization).map(file => file.replace(/\/$/, ''));
  return taken.length > 0 && taken.every(file => {
    const inner = input.byFolder.get(file);
    return input.files.has(file) || (inner !== undefined && (seen.has(inner) || isWhole(inner, input, seen)));
  });
}

/** Whether some other object names an image, such as one that an operator makes pods of. */
function isWritten(system: System, image: string): boolean {
  const own = new Set(kustomizationsOf(system).map(fileOf));
  return system.manifests.some(manifest => manifest.text.includes(image) && !own.has(fileOf(manifest)));
}
