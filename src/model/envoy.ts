import { collect } from './collect';
import { Embedded } from './embedded';
import { filesOf } from './kubernetes/config-files';
import { Container, Workload } from './kubernetes/workload';
import { Json, Manifest, Path, asList, asObject, asObjects, asText } from './manifest';
import { once } from './once';
import { System } from './system';

/** A part of an Envoy configuration and where it stands. */
export interface EnvoyPart {
  readonly envoy: Manifest;
  readonly path: Path;
  readonly value: Json;
}

function listOf(envoy: Manifest, name: string): EnvoyPart[] {
  const root = asObject(envoy.value);
  const nested = asList(asObject(root.static_resources)[name]).map((value, i) => ({ envoy, path: ['static_resources', name, i], value: asObject(value) }));
  const bare = asList(root[name]).map((value, i) => ({ envoy, path: [name, i], value: asObject(value) }));
  return [...nested, ...bare];
}

export function clustersOf(envoy: Manifest): EnvoyPart[] {
  return listOf(envoy, 'clusters');
}

export function listenersOf(envoy: Manifest): EnvoyPart[] {
  return listOf(envoy, 'listeners');
}

/** Every part below another one that has this `@type`, or this part of its name. */
export function typed({ envoy, path, value }: EnvoyPart, type: string): EnvoyPart[] {
  const found: EnvoyPart[] = [];
  const visit = (inner: unknown, at: Path): void => {
    if (Array.isArray(inner)) inner.forEach((item, i) => visit(item, [...at, i]));
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return;
    if (asText((inner as Json)['@type']).endsWith(type)) found.push({ envoy, path: at, value: inner });
    for (const [key, item] of Object.entries(inner)) visit(item, [...at, key]);
  };
  visit(value, path);
  return found;
}

/** The whole configuration as one part. */
export function rootOf(envoy: Manifest): EnvoyPart {
  return { envoy, path: [], value: asObject(envoy.value) };
}

/** Every object under a key of this name, anywhere in the configuration. */
export function under(envoy: Manifest, name: string): EnvoyPart[] {
  const found: EnvoyPart[] = [];
  const visit = (inner: unknown, at: Path): void => {
    if (Array.isArray(inner)) inner.forEach((item, i) => visit(item, [...at, i]));
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return;
    for (const [key, item] of Object.entries(inner)) {
      if (key === name) asItems(item).forEach(({ value, step }) => found.push({ envoy, path: [...at, key, ...step], value }));
      visit(item, [...at, key]);
    }
  };
  visit(envoy.value, []);
  return found;
}

function asItems(item: unknown): { value: Json; step: Path }[] {
  return Array.isArray(item) ? asObjects(item).map((value, i) => ({ value, step: [i] })) : [{ value: item, step: [] }];
}

/** The names of the clusters that secrets are fetched from, and where they are named. */
export function sdsClusters(envoy: Manifest): { name: string; path: Path }[] {
  return under(envoy, 'sds_config').flatMap(({ path, value }) => {
    const source = asObject(asObject(value).api_config_source);
    return asObjects(source.grpc_services).map((service, i) =>
      ({ name: asText(asObject(service.envoy_grpc).cluster_name), path: [...path, 'api_config_source', 'grpc_services', i] }));
  }).filter(({ name }) => name !== '');
}

/** The SAN matchers of a TLS context; undefined where it validates nothing. */
export function validationOf(common: Json): { matchers: Json[]; old: boolean; path: Path } | undefined {
  const combined = asObject(common.combined_validation_context);
  const context = asObject(common.combined_validation_context !== undefined ? combined.default_validation_context : common.validation_context);
  const kinds = ['combined_validation_context', 'validation_context', 'validation_context_sds_secret_config'];
  const present = kinds.find(name => common[name] !== undefined && common[name] !== null);
  if (present === undefined) return undefined;
  const matchers = asObjects(context.match_typed_subject_alt_names);
  const old = asList(context.match_subject_alt_names).length > 0;
  return { matchers, old, path: [present] };
}

/** Whether the filters behind a listener's TLS decide who of the trust domain may call. */
export function isAuthorized(envoy: Manifest, path: Path): boolean {
  const end = path.indexOf('transport_socket');
  const chain = path.slice(0, end).reduce((inner: Json, step) => inner?.[step], envoy.value);
  return path.includes('filter_chains') && /filters\.(http|network)\.(rbac|ext_authz)\.v3/.test(JSON.stringify(asList(asObject(chain).filters)));
}

export function speaksHttp2(cluster: Json): boolean {
  return cluster.http2_protocol_options !== undefined || /http2_protocol_options/.test(JSON.stringify(cluster.typed_extension_protocol_options ?? {}));
}

/** The workloads whose pods mount the ConfigMap a configuration stands in, and the containers that do. */
export function usersOf(system: System, envoy: Manifest): { workload: Workload; container: Container }[] {
  if (!(envoy instanceof Embedded)) return [];
  const { manifest: map, fileName } = envoy.outer;
  const users = map?.kind === 'ConfigMap' ? mounting(system).get(`${map.namespace}/${map.name}`) ?? [] : [];
  const others = Object.keys(map ? filesOf(map) : {}).filter(key => key !== fileName);
  return others.length === 0 ? users : users.filter(({ container }) => !others.includes(startedWith(container)));
}

/** The name of the file that an Envoy is started with; empty where it does not say. */
function startedWith({ args }: Container): string {
  return /(?:^|\s)(?:-c|--config-path)[\s=]+(?:\S*\/)?([^\s/]+)/.exec(args.join(' '))?.[1] ?? '';
}

/** The containers that mount each ConfigMap. */
const mounting = once((system: System): Map<string, { workload: Workload; container: Container }[]> => {
  const found = new Map<string, { workload: Workload; container: Container }[]>();
  for (const workload of system.workloads) {
    for (const volume of workload.volumes.filter(one => one.configMap)) {
      const key = `${workload.namespace}/${asText(volume.configMap.name)}`;
      const users = workload.containers.filter(container => asObjects(container.value.volumeMounts).some(mount => mount.name === volume.name));
      collect(found, key, ...users.map(container => ({ workload, container })));
    }
  }
  return found;
});

/** The clusters of Istio's bootstrap that lead to its own agent. */
const ISTIO_AGENT = ['sds-grpc', 'sds-files-grpc'];

/** The secrets that are fetched from a socket of the node, which is SPIRE's agent. */
export function agentSecrets(envoy: Manifest): { kind: 'certificate' | 'bundle'; name: string; path: Path }[] {
  const piped = clustersOf(envoy).filter(({ value }) => pipeOf(value) !== undefined).map(({ value }) => asText(value.name));
  const sockets = new Set(piped.filter(name => !ISTIO_AGENT.includes(name)));
  const kinds = [['certificate', 'tls_certificate_sds_secret_configs'], ['bundle', 'validation_context_sds_secret_config']] as const;
  return kinds.flatMap(([kind, field]) => under(envoy, field).filter(({ value }) => {
    const services = asObjects(asObject(asObject(asObject(value).sds_config).api_config_source).grpc_services);
    return services.some(service => sockets.has(asText(asObject(service.envoy_grpc).cluster_name)));
  }).map(({ path, value }) => ({ kind, name: asText(asObject(value).name), path: [...path, 'name'] })));
}

/** The Unix socket a cluster is reached by. */
export function pipeOf(cluster: Json): string | undefined {
  const endpoints = asObjects(asObject(cluster.load_assignment).endpoints).flatMap(one => asObjects(one.lb_endpoints));
  return endpoints.map(one => asText(asObject(asObject(asObject(one.endpoint).address).pipe).path)).find(path => path !== '');
}
