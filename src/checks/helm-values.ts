import { templateError } from '../formats/go-template';
import { Json, Manifest, Path, asObject, asText, asTexts } from '../model/manifest';
import { maxSvidTtl, parseDuration, trustDomainError } from '../model/spire/values';

interface Problem {
  readonly path: Path;
  readonly message: string;
}

const CHARTS = ['spire-server', 'spire-agent'];
const IDS = ['spire-server', 'controllerManager', 'identities', 'clusterSPIFFEIDs'];
const PARTNERS = ['spire-server', 'controllerManager', 'identities', 'clusterFederatedTrustDomains'];
const LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'];

/**
 * What is wrong in values for SPIRE's Helm chart, that the chart itself lets pass.
 *
 * @param federated the trust domains that objects beside the values federate with
 */
export function problemsOf(values: Manifest, federated: readonly string[]): Problem[] {
  const found: Problem[] = [];
  const get = (...path: (string | number)[]): Json => {
    const value = path.reduce((outer: Json, step) => asObject(outer)[step], values.value);
    // what Flux or a pipeline fills in is not yet to be judged
    return typeof value === 'string' && /\$[\w{(]/.test(value) ? undefined : value;
  };
  const tell = (wrong: boolean, path: Path, message: string): void => {
    if (wrong) found.push({ path, message });
  };
  const domain = asText(get('global', 'spire', 'trustDomain'));
  tell(domain !== '' && trustDomainError(domain) !== undefined, ['global', 'spire', 'trustDomain'], `trustDomain "${domain}" is not valid`);
  logs(get, tell);
  lifetimes(get, tell);
  sockets(get, tell);
  bundles(get, tell);
  spiffeIds(get, tell, federated);
  partners(get, tell);
  sinks(get, tell);
  return found;
}

type Get = (...path: (string | number)[]) => Json;
type Tell = (wrong: boolean, path: Path, message: string) => void;

function logs(get: Get, tell: Tell): void {
  for (const chart of CHARTS) {
    const level = asText(get(chart, 'logLevel'));
    tell(level !== '' && !LEVELS.includes(level.toLowerCase()), [chart, 'logLevel'], `logLevel "${level}" is unknown`);
  }
}

function lifetimes(get: Get, tell: Tell): void {
  const names = ['caTTL', 'agentTTL', 'defaultX509SvidTTL', 'defaultJwtSvidTTL'];
  for (const name of names) {
    const text = asText(get('spire-server', name));
    tell(text !== '' && parseDuration(text) === undefined, ['spire-server', name], `${name} "${text}" is no duration`);
  }
  const ca = parseDuration(asText(get('spire-server', 'caTTL')) || '24h') ?? 86400;
  const defaults: Record<string, string> = { defaultX509SvidTTL: '4h', defaultJwtSvidTTL: '1h' };
  for (const name of names.slice(1)) {
    const ttl = parseDuration(asText(get('spire-server', name)) || defaults[name] || '0');
    const given = get('spire-server', name) !== undefined || get('spire-server', 'caTTL') !== undefined;
    tell(given && ttl !== undefined && ttl > maxSvidTtl(ca), ['spire-server', get('spire-server', name) === undefined ? 'caTTL' : name], `${name} exceeds one sixth of caTTL`);
  }
}

function sockets(get: Get, tell: Tell): void {
  const agent = asText(get('spire-agent', 'socketPath'));
  const driver = asText(get('spiffe-csi-driver', 'agentSocketPath'));
  const standard = '/run/spire/agent-sockets/spire-agent.sock';
  tell(agent !== '' && (driver || standard) !== agent, ['spire-agent', 'socketPath'], `socketPath is ${agent}, the CSI driver mounts ${driver || standard}`);
  tell(agent === '' && driver !== '' && driver !== standard, ['spiffe-csi-driver', 'agentSocketPath'], `agentSocketPath is ${driver}, the agent's is ${standard}`);
  const plugin = asText(get('spiffe-csi-driver', 'pluginName'));
  const oidc = asText(get('spiffe-oidc-discovery-provider', 'csiDriverName'));
  const provider = asObject(get('spiffe-oidc-discovery-provider')).enabled !== false;
  tell(plugin !== '' && plugin !== 'csi.spiffe.io' && provider && oidc !== plugin, ['spiffe-csi-driver', 'pluginName'],
    `pluginName is ${plugin}, the OIDC discovery provider mounts ${oidc || 'csi.spiffe.io'}`);
}

function bundles(get: Get, tell: Tell): void {
  const format = asText(get('spire-server', 'bundlePublisher', 'k8sConfigMap', 'format'));
  const agent = asText(get('spire-agent', 'trustBundleFormat')) || 'spiffe';
  tell(format !== '' && format !== agent, ['spire-server', 'bundlePublisher', 'k8sConfigMap', 'format'], `the bundle is published as ${format}, agents read ${agent}`);
  const audience = asTexts(get('spire-server', 'nodeAttestor', 'k8sPSAT', 'audience'));
  tell(audience.length > 0 && !audience.includes('spire-server'), ['spire-server', 'nodeAttestor', 'k8sPSAT', 'audience'],
    `audience is ${audience.join(', ')}, agents have tokens for spire-server`);
}

function spiffeIds(get: Get, tell: Tell, federated: readonly string[]): void {
  const domain = asText(get('global', 'spire', 'trustDomain'));
  const own = Object.values(asObject(get(...PARTNERS))).map(partner => asText(asObject(partner).trustDomain));
  const known = [...own, ...federated];
  const isKnown = (name: string): boolean => known.includes(name) || known.some(other => other.includes('$'));
  for (const [name, id] of Object.entries(asObject(get(...IDS)))) {
    const { spiffeIDTemplate, federatesWith } = asObject(id);
    const text = asText(spiffeIDTemplate);
    const error = text === '' ? undefined : templateError(text);
    const literal = /^spiffe:\/\/([^/{]+)/.exec(text)?.[1];
    tell(error !== undefined, [...IDS, name, 'spiffeIDTemplate'], `the template does not parse: ${error}`);
    tell(literal !== undefined && domain !== '' && literal !== domain, [...IDS, name, 'spiffeIDTemplate'], `the ID is in the trust domain "${literal}", not "${domain}"`);
    asTexts(federatesWith).forEach((partner, i) => tell(!isKnown(partner), [...IDS, name, 'federatesWith', i], `nothing defines the federation with "${partner}"`));
  }
}

function partners(get: Get, tell: Tell): void {
  for (const [name, partner] of Object.entries(asObject(get(...PARTNERS)))) {
    const { bundleEndpointURL, bundleEndpointProfile } = asObject(partner);
    const url = asText(bundleEndpointURL);
    const { type, endpointSPIFFEID } = asObject(bundleEndpointProfile);
    tell(url !== '' && !url.startsWith('https://'), [...PARTNERS, name, 'bundleEndpointURL'], `bundleEndpointURL "${url}" does not start with https://`);
    tell(type === 'https_spiffe' && asText(endpointSPIFFEID) === '', [...PARTNERS, name, 'bundleEndpointProfile'], 'https_spiffe needs endpointSPIFFEID');
  }
}

function sinks(get: Get, tell: Tell): void {
  for (const chart of CHARTS) {
    const isOn = (sink: string): boolean => asObject(get(chart, 'telemetry', sink)).enabled === true;
    const prometheus = isOn('prometheus') || asObject(get('global', 'telemetry', 'prometheus')).enabled === true;
    tell(prometheus && isOn('datadog'), [chart, 'telemetry', 'datadog'], 'telemetry for Datadog replaces that for Prometheus');
  }
}
