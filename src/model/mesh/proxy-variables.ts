import { Manifest, Path, asObject, asRecord } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** A variable that is given to proxies, and where. */
export interface ProxyVariable {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly name: string;
  readonly value: string;
}

const ANNOTATION = 'proxy.istio.io/config';

/** The variables of proxies: of the mesh, of ProxyConfigs, and of single pods. */
export const proxyVariables = once((system: System): ProxyVariable[] => [
  ...system.meshes.flatMap(mesh => variables(mesh.manifest, [...mesh.config.path, 'defaultConfig', 'proxyMetadata'], asObject(mesh.config.value.defaultConfig).proxyMetadata)),
  ...system.all('ProxyConfig').filter(({ group }) => group === 'networking.istio.io').flatMap(one => variables(one, ['spec', 'environmentVariables'], one.spec.environmentVariables)),
  ...system.workloads.flatMap(workload => [...(workload.annotations[ANNOTATION] ?? '').matchAll(/["']?\b([A-Z][A-Z0-9_]+)["']?\s*:\s*["']?([^\s"',}]+)/g)]
    .map(([, name, value]) => ({ manifest: workload.manifest, path: workload.at('metadata', 'annotations', ANNOTATION), name, value }))),
]);

function variables(manifest: Manifest, path: Path, value: unknown): ProxyVariable[] {
  return Object.entries(asRecord(value)).map(([name, text]) => ({ manifest, path: [...path, name], name, value: text }));
}
