import { Mesh } from './mesh';
import { Path, asObject, asText } from '../manifest';

/** The version of Istio that an input asks for, and where. */
export interface IstioRelease {
  readonly path: Path;
  readonly text: string;
  readonly minor: number;
  readonly patch?: number;
}

/** The release of Istio 1.x that a mesh is of; undefined where its input does not say. */
export function istioRelease(mesh: Mesh): IstioRelease | undefined {
  const { spec } = mesh.manifest;
  const [path, text]: [Path, string] = mesh.form === 'Istio' ? [['spec', 'version'], asText(spec.version)]
    : mesh.form === 'IstioOperator' && spec.tag !== undefined ? [['spec', 'tag'], asText(spec.tag)]
      : [[...mesh.values.path, 'global', 'tag'], asText(asObject(mesh.values.value.global).tag)];
  const match = /^v?1\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? { path, text, minor: Number(match[1]), patch: match[2] === undefined ? undefined : Number(match[2]) } : undefined;
}

/** Whether every mesh of the input is known to be older than Istio 1.`minor`. */
export function isOlderThan(meshes: readonly Mesh[], minor: number): boolean {
  const releases = meshes.map(istioRelease).filter(release => release !== undefined);
  return releases.length > 0 && releases.every(release => release.minor < minor);
}
