import { Json, Manifest, Path, asList, asObject, asObjects, asRecord } from './manifest';
import { once } from './once';
import { System } from './system';
import { Text } from './text';

/** The scripts of CI: the steps of workflows and actions of GitHub, the jobs of GitLab. */
export const ciScripts = once((system: System): Text[] => system.manifests
  .filter(({ kind, value }) => kind === '' && asObject(value) === value).flatMap(scriptsOf));

/** Scripts of a shell in ConfigMaps. */
export const configScripts = once((system: System): Text[] => system.all('ConfigMap').flatMap(map => Object.entries(asRecord(map.value.data))
  .filter(([name, text]) => /\.(sh|bash)$/.test(name) || /^#!.*sh\b/.test(text))
  .map(([name, text]) => new Text(map.file, text, map, ['data', name]))));

function scriptsOf(manifest: Manifest): Text[] {
  const value = asObject(manifest.value);
  const found: Text[] = [];
  const add = (script: unknown, path: Path): void => {
    if (typeof script === 'string') found.push(new Text(manifest.file, script, manifest, path));
  };
  const addSteps = (job: Json, path: Path): void => asObjects(job.steps).forEach(({ run }, i) => add(run, [...path, 'steps', i, 'run']));
  addSteps(asObject(value.runs), ['runs']);
  for (const [name, job] of Object.entries(asObject(value.jobs))) addSteps(asObject(job), ['jobs', name]);
  for (const [name, job] of Object.entries(value)) {
    for (const field of ['before_script', 'script', 'after_script']) {
      const script = asObject(job)[field];
      add(script, [name, field]);
      asList(script).forEach((line, i) => add(line, [name, field, i]));
    }
  }
  return found;
}
