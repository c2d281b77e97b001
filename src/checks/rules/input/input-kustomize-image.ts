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
    const unused = setting.filter(one => isWhole(one, input, new Set())).flatMap(kustomization => asObjects(kustomization.value.images)
      .map(({ name, newName }, i) => ({ kustomization, i, image: asText(name), newImage: asText(newName) }))
      .filter(({ image, newImage }) => image !== '' && !images.has(image) && !images.has(newImage)));
    const written = writtenOf(system, new Set(unused.map(({ image }) => image)));
    for (const { kustomization, i, image } of unused.filter(one => !written.has(one.image))) {
      report.at(kustomization, ['images', i, 'name'], `no container has the image ${image}`);
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

/** The images that some other object names, such as one that an operator makes pods of; each text is read again once, for all of them. */
function writtenOf(system: System, images: ReadonlySet<string>): Set<string> {
  const own = new Set(kustomizationsOf(system).map(fileOf));
  const found = new Set<string>();
  for (const manifest of images.size === 0 ? [] : system.manifests.filter(one => !own.has(fileOf(one)))) {
    const { text } = manifest;
    for (const image of images) if (text.includes(image)) found.add(image);
  }
  return found;
}
