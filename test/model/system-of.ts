import { readManifests } from '../../src/model/reader';
import { System } from '../../src/model/system';

/** The system that the manifests of a text are. */
export function systemOf(text: string): System {
  return new System(readManifests('a.yaml', text).manifests, []);
}
