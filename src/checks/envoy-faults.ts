import type { Fault } from './schemas/notation';
import { usersOf } from '../model/envoy';
import { Json, Manifest, Path, asList, asObject, asText } from '../model/manifest';
import { once } from '../model/once';
import { versionOf } from '../model/spire/images';
import { System } from '../model/system';

/** What Envoy's API does not take in a configuration. */
export interface EnvoyFault extends Fault {
  readonly manifest: Manifest;
  /** Whether another release of Envoy may well take it. */
  readonly isOfVersion: boolean;
}

interface Judged {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly value: Json;
  /** The message that it should be. */
  readonly message: string;
  /** Whether it is a part that istiod reads and merges with others. */
  readonly isPart: boolean;
}

/** All faults of the bootstraps of static Envoys and of the patches of EnvoyFilters. */
export const envoyFaults = once((system: System): EnvoyFault[] => {
  const judged = [...system.envoys.flatMap(bootstraps), ...system.all('EnvoyFilter').flatMap(patches)];
  if (judged.length === 0) return [];
  // Loaded when it is needed: most systems have no Envoy of their own.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const envoy = require('./schemas/envoy') as typeof import('./schemas/envoy');
  return judged.flatMap(one => faultsIn(system, one, envoy));
});

function faultsIn(system: System, { manifest, path, value, message, isPart }: Judged, { ENVOY_MINOR, envoyMessageFaults }: typeof import('./schemas/envoy')): EnvoyFault[] {
  const minors = envoyMinors(system, manifest);
  const isLater = minors.some(minor => minor > ENVOY_MINOR);
  const isFloat = (number: number): boolean => manifest.text.includes(`${number}.0`);
  return envoyMessageFaults(message, value, path, { isFloat, isGo: isPart })
    .filter(fault => !(isPart && fault.kind === 'missing field') && !isToldElsewhere(fault))
    .map(fault => ({
      ...fault,
      manifest,
      message: `${fault.message} (Envoy 1.${ENVOY_MINOR})`,
      isOfVersion: fault.kind === 'unknown field' && fault.meant === undefined && (isLater || minors.length === 0),
    }))
    .filter(({ isOfVersion }) => !(isOfVersion && isLater));
}

/** Whether a rule of its own tells it. */
function isToldElsewhere({ path, kind, message }: Fault): boolean {
  const [last, one] = [path[path.length - 1], path[path.length - 2]];
  if (path.includes('cluster_manager') && path.includes('outlier_detection')) return true;
  return kind === 'unknown field' && last === 'path' && path.includes('health_checks') || one === 'health_checks' && /has none of/.test(message);
}

function bootstraps(manifest: Manifest): Judged[] {
  const value = asObject(manifest.value);
  if (['static_resources', 'dynamic_resources', 'cluster_manager', 'admin', 'node'].some(name => value[name] !== undefined)) {
    return [{ manifest, path: [], value, message: 'envoy.config.bootstrap.v3.Bootstrap', isPart: false }];
  }
  const bare = [['clusters', 'envoy.config.cluster.v3.Cluster'], ['listeners', 'envoy.config.listener.v3.Listener']];
  return bare.flatMap(([name, message]) => asList(value[name])
    .map((item, i) => ({ manifest, path: [name, i], value: item, message, isPart: false })));
}

/** What the value of a patch is. */
const PATCHED = new Map(Object.entries({
  LISTENER: 'envoy.config.listener.v3.Listener',
  FILTER_CHAIN: 'envoy.config.listener.v3.FilterChain',
  LISTENER_FILTER: 'envoy.config.listener.v3.ListenerFilter',
  NETWORK_FILTER: 'envoy.config.listener.v3.Filter',
  HTTP_FILTER: 'envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter',
  ROUTE_CONFIGURATION: 'envoy.config.route.v3.RouteConfiguration',
  VIRTUAL_HOST: 'envoy.config.route.v3.VirtualHost',
  HTTP_ROUTE: 'envoy.config.route.v3.Route',
  CLUSTER: 'envoy.config.cluster.v3.Cluster',
  EXTENSION_CONFIG: 'envoy.config.core.v3.TypedExtensionConfig',
  BOOTSTRAP: 'envoy.config.bootstrap.v3.Bootstrap',
}));

function patches(manifest: Manifest): Judged[] {
  if (manifest.group !== 'networking.istio.io') return [];
  return asList(manifest.spec.configPatches).flatMap((patch, i) => {
    const message = PATCHED.get(asText(asObject(patch).applyTo));
    const value = asObject(asObject(patch).patch).value;
    return message === undefined || value === undefined || value === null ? [] : [{ manifest, path: ['spec', 'configPatches', i, 'patch', 'value'], value, message, isPart: true }];
  });
}

/** The minor releases of Envoy 1 that are seen to read a configuration. */
function envoyMinors(system: System, manifest: Manifest): number[] {
  const images = usersOf(system, manifest).map(({ container }) => container.image).filter(image => /(^|\/)envoy(-distroless|-contrib)?:/.test(image));
  return images.flatMap(image => versionOf(image)?.minor ?? []);
}
