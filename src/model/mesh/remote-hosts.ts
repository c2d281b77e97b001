import { destinationRules } from './destination-rules';
import { fullName } from './hosts';
import { collect } from '../collect';
import { Labelled } from '../kubernetes/labelled';
import { Json, Manifest, Path, asObject, asObjects, asRecord, asText, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** The port at which gateways pass mutual TLS on to other clusters, as Istio has it. */
export const CROSS_NETWORK_PORT = 15443;

/** Where calls to a host go, and where that is written. */
export interface Endpoint {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly address: string;
  readonly port: number;
  /** Whether proxies speak mutual TLS with it without a word in a DestinationRule. */
  readonly isMutual: boolean;
}

/** A port of a host that is called through the gateway of another cluster. */
export interface RemoteHost {
  readonly entry: Manifest;
  readonly host: string;
  readonly endpoints: Endpoint[];
  /** The DestinationRule of the host. */
  readonly rule?: Manifest;
  /** The TLS settings of the rule, and where they are. */
  readonly tls: Json;
  readonly path: Path;
  /** The name of the service that the gateway is told: the port and host of the entry, unless the rule says something else. */
  readonly serverName?: ServerName;
  /** Who has to answer. */
  readonly identities: string[];
}

/** The Service that a server name of Istio's gateways stands for. */
export interface ServerName {
  readonly port: number;
  readonly host: string;
}

/** The hosts that are called through the gateway of another cluster. */
export const remoteHosts = once((system: System): RemoteHost[] => system.all('ServiceEntry').filter(entry => entry.group === 'networking.istio.io').flatMap(entry =>
  asTexts(entry.spec.hosts).flatMap(host => asObjects(entry.spec.ports).map(port => readHost(system, entry, host, port))))
  .filter(({ endpoints, tls }) => isCrossed(endpoints) || asText(tls.sni).startsWith('outbound_')));

const isCrossed = once((endpoints: readonly Endpoint[]): boolean => endpoints.some(({ port }) => port === CROSS_NETWORK_PORT));

/** What a name such as `outbound_.8080_._.web.shop.svc.cluster.local` means to a gateway that passes TLS through. */
function serverNameOf(sni: string): ServerName | undefined {
  const match = /^outbound_\.(\d+)_\.[^.]*_\.(.+)$/.exec(sni);
  return match ? { port: Number(match[1]), host: match[2] } : undefined;
}

function readHost(system: System, entry: Manifest, host: string, port: Json): RemoteHost {
  const rule = ruleOf(system, host, entry.namespace);
  const policy = asObject(rule?.spec.trafficPolicy);
  const level = asObjects(policy.portLevelSettings).findIndex(one => asObject(one.port).number === port.number);
  const settings = level < 0 ? policy : asObjects(policy.portLevelSettings)[level];
  const tls = asObject(settings.tls);
  const names = asTexts(tls.subjectAltNames);
  return {
    entry,
    host,
    endpoints: endpointsOf(system, entry, port),
    rule,
    tls,
    serverName: tls.sni === undefined ? { port: Number(port.number), host } : serverNameOf(asText(tls.sni)),
    path: ['spec', 'trafficPolicy', ...(level < 0 ? [] : ['portLevelSettings', level]), 'tls'],
    identities: names.length > 0 ? names : asTexts(entry.spec.subjectAltNames),
  };
}

/** The DestinationRule of a host: that of its own namespace before that of another one. */
function ruleOf(system: System, host: string, namespace: string): Manifest | undefined {
  const rules = destinationRules(system, fullName(host, namespace));
  return rules.find(rule => rule.namespace === namespace) ?? rules[0];
}

const selectedEndpoints = once((_: readonly Manifest[]) => new Map<string, Endpoint[]>());

/** The WorkloadEntries of each namespace. */
const workloadEntries = once((system: System): Map<string, Labelled<Manifest>> => {
  const entries = new Map<string, Manifest[]>();
  for (const entry of system.all('WorkloadEntry')) {
    collect(entries, entry.namespace, entry);
  }
  return new Map([...entries].map(([namespace, list]) => [namespace, new Labelled(list, ({ spec }) => asRecord(spec.labels))]));
});

function endpointsOf(system: System, entry: Manifest, port: Json): Endpoint[] {
  const portOf = (endpoint: Json): number => {
    const own: unknown = asObject(endpoint.ports)[asText(port.name)];
    return Number(own ?? port.targetPort ?? port.number);
  };
  const read = (manifest: Manifest, path: Path, endpoint: Json): Endpoint => ({
    manifest,
    path,
    address: asText(endpoint.address),
    port: portOf(endpoint),
    isMutual: asRecord(endpoint.labels)['security.istio.io/tlsMode'] === 'istio' || asText(endpoint.serviceAccount) !== '',
  });
  const inline = asObjects(entry.spec.endpoints).map((endpoint, i) => read(entry, ['spec', 'endpoints', i], endpoint));
  const wanted = asRecord(asObject(entry.spec.workloadSelector).labels);
  const selected = Object.keys(wanted).length === 0 ? [] : workloadEntries(system).get(entry.namespace)?.having(wanted) ?? [];
  // many entries select the same workloads
  const known = selectedEndpoints(selected);
  const key = [port.name, port.targetPort, port.number].map(asText).join('/');
  const found = known.get(key) ?? selected.map(manifest => read(manifest, ['spec'], manifest.spec));
  known.set(key, found);
  return inline.length === 0 ? found : [...inline, ...found];
}
