import { collect } from './collect';
import { Embedded } from './embedded';
import { containersOf } from './kubernetes/containers';
import { Container, Workload } from './kubernetes/workload';
import { Json, Manifest, asObject, asText } from './manifest';
import { once } from './once';
import { System } from './system';
import { Text } from './text';

/** The containers that run OPA. */
export const opaContainers = once((system: System): { workload: Workload; container: Container; args: string[] }[] =>
  containersOf(system, /(^|\/)opa(-envoy|-istio)?(:|@|$)/).map(({ workload, container }) => ({ workload, container, args: container.args })));

/** The configurations of OPA that have its Envoy plugin. */
export function opaConfigs(system: System): Manifest[] {
  return system.opaConfigs;
}

/** What a configuration says about the Envoy plugin; undefined where it does not name it. */
export function pluginOf(config: Manifest): Json {
  return asObject(config.value.plugins).envoy_ext_authz_grpc;
}

/** A setting of the Envoy plugin that the arguments of OPA give, with the name of the setting before it. */
export function pluginArgument(args: readonly string[], name: 'addr' | 'path'): string | undefined {
  const wanted = `plugins.envoy_ext_authz_grpc.${name}=`;
  const words = args.map(arg => arg.replace(/^--set(-string)?=/, '')).filter(arg => arg.startsWith(wanted));
  return words[words.length - 1]?.slice(wanted.length);
}

/** The configurations in the ConfigMaps that the pods of OPA mount. */
export function mountedConfigs(system: System, workload: Workload): Manifest[] {
  return configsByWorkload(system).get(workload) ?? [];
}

const configsByWorkload = once((system: System): Map<Workload, Manifest[]> => {
  const maps = new Map<string, Manifest[]>();
  for (const config of opaConfigs(system)) {
    const map = config instanceof Embedded ? config.outer.manifest : undefined;
    if (map) collect(maps, `${map.namespace}/${map.name}`, config);
  }
  return new Map(opaContainers(system).map(({ workload }) => [workload, workload.volumes.flatMap(volume => maps.get(`${workload.namespace}/${asText(asObject(volume.configMap).name)}`) ?? [])]));
});

/** The port of the plugin; undefined where it is a socket, or is filled in. */
export function pluginPort(config: Manifest): number | undefined {
  const address = asText(asObject(pluginOf(config)).addr);
  if (address === '') return 9191;
  const port = /^[^/$]*:(\d+)$/.exec(address)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** The files and folders that OPA is told to load. */
export function loadedPaths(args: readonly string[]): string[] {
  return args.filter((arg, i) => arg.startsWith('/') && (!/^-/.test(args[i - 1] ?? '') || (args[i - 1] ?? '').includes('=') || SWITCHES.includes(args[i - 1])));
}

/** Options without a value. */
const SWITCHES = ['-s', '--server', '-w', '--watch', '-b', '--bundle', '--skip-verify', '--skip-version-check', '--disable-telemetry', '--v0-compatible', '--v1-compatible'];

/** The policies in some ConfigMaps. */
export function policiesIn(system: System, maps: readonly (Manifest | undefined)[]): Text[] {
  return [...new Set(maps)].flatMap(map => map ? byMap(system).get(map) ?? [] : []);
}

const byMap = once((system: System): ReadonlyMap<Manifest, Text[]> => {
  const found = new Map<Manifest, Text[]>();
  for (const rego of system.regos) if (rego.manifest) collect(found, rego.manifest, rego);
  return found;
});
