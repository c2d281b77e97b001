import { Mesh } from './mesh';
import { heldChart } from '../held-chart';
import { Manifest, Path, asObject, asText } from '../manifest';

/** The version of Istio that an input asks for, and where. */
export interface IstioRelease {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly text: string;
  readonly minor: number;
  readonly patch?: number;
}

/** The release of Istio 1.x that a mesh is of; undefined where its input does not say. */
export function istioRelease(mesh: Mesh): IstioRelease | undefined {
  const { manifest, path, text } = statedVersion(mesh);
  const match = /^v?1\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? { manifest, path, text, minor: Number(match[1]), patch: match[2] === undefined ? undefined : Number(match[2]) } : undefined;
}

function statedVersion({ manifest, form, values }: Mesh): { manifest: Manifest; path: Path; text: string } {
  const { spec } = manifest;
  if (form === 'Istio') return { manifest, path: ['spec', 'version'], text: asText(spec.version) };
  if (form === 'IstioOperator' && spec.tag !== undefined) return { manifest, path: ['spec', 'tag'], text: asText(spec.tag) };
  const tag = asText(asObject(values.value.global).tag);
  // Istio's charts have the versions of Istio
  const chart = tag === '' && form === 'values' ? heldChart(manifest) : undefined;
  if (chart?.name === 'istiod') return { manifest: chart.manifest, path: chart.path, text: chart.version };
  return { manifest, path: [...values.path, 'global', 'tag'], text: tag };
}

/** Whether every mesh of the input is known to be older than Istio 1.`minor`. */
export function isOlderThan(meshes: readonly Mesh[], minor: number): boolean {
  const releases = meshes.map(istioRelease).filter(release => release !== undefined);
  return releases.length > 0 && releases.every(release => release.minor < minor);
}
