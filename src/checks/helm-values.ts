import { HelmProblem, HelmReader } from './helm-reader';
import { unknownField } from './template-fields';
import { compilesInGo } from '../formats/go-regexp';
import { parseTemplate, templateError } from '../formats/go-template';
import { isFilledIn } from '../model/filled-in';
import { asObject, asText, asTexts } from '../model/manifest';
import { ChartValues } from '../model/spire/chart-values';
import { maxSvidTtl, parseDuration, spiffeIdError, trustDomainError, trustDomainName } from '../model/spire/values';

const IDENTITIES = ['controllerManager', 'identities'];
const LIFETIMES = ['caTTL', 'agentTTL', 'defaultX509SvidTTL', 'defaultJwtSvidTTL'];
const DEFAULTS: Record<string, string> = { caTTL: '24h', defaultX509SvidTTL: '4h', defaultJwtSvidTTL: '1h' };
const LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'];

/**
 * What is wrong in values for SPIRE's Helm charts, that the charts themselves let pass.
 *
 * @param federated the trust domains that objects beside the values federate with
 */
export function problemsOf(values: ChartValues, federated: readonly string[]): HelmProblem[] {
  const reader = new HelmReader(values);
  const domain = reader.text(['global', 'spire', 'trustDomain']);
  reader.tell(domain !== '' && trustDomainError(domain) !== undefined, ['global', 'spire', 'trustDomain'], `trustDomain "${domain}" is not valid`);
  const servers = values.parts('spire-server');
  for (const part of [...servers, ...values.parts('spire-agent')]) {
    logs(reader, part);
    sinks(reader, part);
  }
  const own = servers.flatMap(part => reader.keys([part, ...IDENTITIES, 'clusterFederatedTrustDomains'])
    .map(name => asText(values.get([part, ...IDENTITIES, 'clusterFederatedTrustDomains', name, 'trustDomain']))));
  for (const part of servers) {
    lifetimes(reader, part);
    spiffeIds(reader, values, part, domain, [...own, ...federated, ...asTexts(values.get([part, 'trustSync', 'domains']))]);
    staticEntries(reader, values, part, domain);
    partners(reader, part, domain);
    ignoredNamespaces(reader, values, part);
    scaling(reader, part);
  }
  for (const part of values.parts('spire-agent')) {
    moreAgents(reader, part, values);
    availability(reader, part);
    const mode = reader.text([part, 'rebootstrapMode']);
    reader.tell(mode !== '' && !['never', 'auto', 'always'].includes(mode), [part, 'rebootstrapMode'], `rebootstrapMode "${mode}" is none of never, auto, always: agents do not start`);
  }
  if (!values.isNested) {
    sockets(reader);
    bundles(reader);
    serverName(reader);
  }
  issuer(reader);
  exchange(reader);
  return reader.found;
}

function logs(reader: HelmReader, part: string): void {
  const level = reader.text([part, 'logLevel']);
  reader.tell(level !== '' && !LEVELS.includes(level.toLowerCase()), [part, 'logLevel'], `logLevel "${level}" is unknown`);
}

function lifetimes(reader: HelmReader, part: string): void {
  const ids = ['clusterSPIFFEIDs', 'clusterStaticEntries'].flatMap(kind => reader.keys([part, ...IDENTITIES, kind])
    .flatMap(name => ['ttl', 'jwtTTL', 'x509SVIDTTL', 'jwtSVIDTTL'].map(field => [part, ...IDENTITIES, kind, name, field])));
  for (const path of [...LIFETIMES.map(name => [part, name]), ...ids]) {
    const text = reader.text(path);
    reader.tell(text !== '' && parseDuration(text) === undefined, path, `${path[path.length - 1]} "${text}" is no duration`);
  }
}

/** Which lifetimes SPIRE cuts short. */
export function longLifetimesOf(values: ChartValues): HelmProblem[] {
  const reader = new HelmReader(values);
  for (const part of values.parts('spire-server')) {
    const ca = reader.text([part, 'caTTL']);
    const most = maxSvidTtl(parseDuration(ca || DEFAULTS.caTTL) ?? 86400);
    if (reader.isFilledIn([part, 'caTTL'])) continue;
    for (const name of LIFETIMES.slice(1)) {
      const own = reader.text([part, name]);
      const ttl = reader.isFilledIn([part, name]) ? undefined : parseDuration(own || DEFAULTS[name] || '0');
      reader.tell((own !== '' || ca !== '') && ttl !== undefined && ttl > most, [part, own === '' ? 'caTTL' : name], `${name} exceeds one sixth of caTTL`);
    }
    for (const name of reader.keys([part, ...IDENTITIES, 'clusterSPIFFEIDs'])) {
      for (const field of ['ttl', 'jwtTTL']) {
        const path = [part, ...IDENTITIES, 'clusterSPIFFEIDs', name, field];
        const [, ttl] = [reader.text([part, 'caTTL']), parseDuration(reader.text(path))];
        reader.tell(ttl !== undefined && ttl > most, path, `${field} of ${name} exceeds one sixth of caTTL`);
      }
    }
  }
  return reader.found;
}

function availability(reader: HelmReader, part: string): void {
  const text = reader.text([part, 'availabilityTarget']);
  const seconds = parseDuration(text);
  reader.tell(text !== '' && (seconds === undefined || seconds < 24 * 3600), [part, 'availabilityTarget'], `availabilityTarget ${text} is ${seconds === undefined ? 'no duration' : 'less than 24h: agents do not start'}`);
}

function sockets(reader: HelmReader): void {
  const standard = '/run/spire/agent-sockets/spire-agent.sock';
  const paths = { agent: ['spire-agent', 'socketPath'], driver: ['spiffe-csi-driver', 'agentSocketPath'] };
  const [agent, driver] = [reader.text(paths.agent), reader.text(paths.driver)];
  if (!reader.isFilledIn(paths.driver) && !reader.isFilledIn(paths.agent)) {
    const isAgents = agent !== '';
    reader.tell((agent || standard) !== (driver || standard), isAgents ? paths.agent : paths.driver,
      isAgents ? `socketPath is ${agent}, the CSI driver mounts ${driver || standard}` : `agentSocketPath is ${driver}, the agent's is ${standard}`);
  }
  const plugin = reader.text(['spiffe-csi-driver', 'pluginName']);
  const oidc = reader.text(['spiffe-oidc-discovery-provider', 'csiDriverName']);
  const provider = reader.isOn(['spiffe-oidc-discovery-provider'], true);
  reader.tell(plugin !== '' && plugin !== 'csi.spiffe.io' && provider && oidc !== plugin && !reader.isFilledIn(['spiffe-oidc-discovery-provider', 'csiDriverName']),
    ['spiffe-csi-driver', 'pluginName'], `pluginName is ${plugin}, the OIDC discovery provider mounts ${oidc || 'csi.spiffe.io'}`);
}

function bundles(reader: HelmReader): void {
  const maps = [['spire-server', 'bundleConfigMap'], ['spire-agent', 'bundleConfigMap']];
  const [published, mounted] = maps.map(path => reader.text(path, 'spire-bundle'));
  const isOne = reader.text(['global', 'spire', 'bundleConfigMap']) !== '' || maps.some(path => reader.isFilledIn(path))
    || ['trustBundleURL', 'trustBundleHostPath'].some(name => reader.get(['spire-agent', name]) !== undefined);
  const isServed = reader.isOn(['spire-server'], true) && ['externalServer', 'bundlePublisher', 'notifier'].every(name => reader.get(['spire-server', name]) === undefined);
  reader.tell(published !== mounted && !isOne && isServed, reader.get(maps[1]) === undefined ? maps[0] : maps[1],
    `the server publishes the bundle in ConfigMap ${published}, agents mount ${mounted}`);
  const path = ['spire-server', 'bundlePublisher', 'k8sConfigMap', 'format'];
  const format = reader.text(path);
  const agent = reader.text(['spire-agent', 'trustBundleFormat'], 'spiffe');
  const reads = ['spire-agent', 'trustBundleFormat'];
  const isOwn = ['trustBundleURL', 'trustBundleHostPath'].every(name => reader.get(['spire-agent', name]) === undefined);
  reader.tell(reader.text(reads) !== '' && isOwn && agent !== (format || 'spiffe') && format === '' && !reader.isFilledIn(path), reads,
    `agents read ${agent}, the bundle is published as spiffe`);
  reader.tell(format !== '' && format !== agent && !reader.isFilledIn(['spire-agent', 'trustBundleFormat']), path, `the bundle is published as ${format}, agents read ${agent}`);
  const audience = asTexts(reader.get(['spire-server', 'nodeAttestor', 'k8sPSAT', 'audience']));
  reader.tell(audience.length > 0 && !audience.includes('spire-server') && !audience.some(isFilledIn), ['spire-server', 'nodeAttestor', 'k8sPSAT', 'audience'],
    `audience is ${audience.join(', ')}, agents have tokens for spire-server`);
}

function spiffeIds(reader: HelmReader, values: ChartValues, part: string, domain: string, known: readonly string[]): void {
  const root = [part, ...IDENTITIES, 'clusterSPIFFEIDs'];
  const isKnown = (name: string): boolean => known.includes(name) || [name, ...known].some(isFilledIn);
  for (const name of reader.keys(root)) {
    const { spiffeIDTemplate, federatesWith } = asObject(values.get([...root, name]));
    const text = asText(spiffeIDTemplate);
    const error = text === '' ? undefined : templateError(text);
    const unknown = error === undefined && text !== '' ? unknownField(parseTemplate(text)) : undefined;
    reader.tell(unknown !== undefined, [...root, name, 'spiffeIDTemplate'], `spiffeIDTemplate: ${unknown}`);
    for (const selector of ['namespaceSelector', 'podSelector']) {
      const field = reader.keys([...root, name, selector]).find(key => !['matchLabels', 'matchExpressions'].includes(key));
      reader.tell(field !== undefined, [...root, name, selector], `${selector} has no ${field}: the API server refuses it, or it selects everything`);
    }
    const literal = /^spiffe:\/\/([^/{]+)/.exec(text)?.[1];
    reader.tell(error !== undefined, [...root, name, 'spiffeIDTemplate'], `the template does not parse: ${error}`);
    reader.tell(literal !== undefined && domain !== '' && literal !== domain && !isFilledIn(literal), [...root, name, 'spiffeIDTemplate'],
      `the ID is in the trust domain "${literal}", not "${domain}"`);
    asTexts(federatesWith).map(trustDomainName).forEach((partner, i) => {
      const path = [...root, name, 'federatesWith', i];
      if (partner !== '' && partner === domain) reader.tell(true, path, `federatesWith has "${partner}", the own trust domain: agents that get the entry stop to sync`);
      else reader.tell(!isKnown(partner), path, `nothing defines the federation with "${partner}"`);
    });
  }
}

function staticEntries(reader: HelmReader, values: ChartValues, part: string, domain: string): void {
  const root = [part, ...IDENTITIES, 'clusterStaticEntries'];
  for (const name of reader.keys(root)) {
    const { selectors } = asObject(values.get([...root, name]));
    reader.tell(typeof selectors === 'string' && !isFilledIn(selectors), [...root, name, 'selectors'], `selectors of ${name} is no list`);
    for (const field of ['spiffeID', 'parentID']) {
      const id = reader.text([...root, name, field]);
      const error = id === '' || id.includes('{{') ? undefined : spiffeIdError(id);
      reader.tell(error !== undefined, [...root, name, field], `${field} "${id}": ${error}`);
      const isOther = error === undefined && id.startsWith('spiffe://') && domain !== '' && trustDomainName(id) !== domain && !id.includes('{{');
      reader.tell(isOther, [...root, name, field], `${field} "${id}" is not in the trust domain "${domain}"`);
    }
  }
}

function ignoredNamespaces(reader: HelmReader, values: ChartValues, part: string): void {
  const ignored = [part, 'controllerManager', 'ignoreNamespaces'];
  const broken = asTexts(values.get(ignored)).find(pattern => !isFilledIn(pattern) && !compilesInGo(pattern));
  reader.tell(broken !== undefined, ignored, `ignoreNamespaces "${broken}" is no regular expression: the controller manager does not start`);
}

function partners(reader: HelmReader, part: string, domain: string): void {
  const root = [part, ...IDENTITIES, 'clusterFederatedTrustDomains'];
  for (const name of reader.keys(root)) {
    const url = reader.text([...root, name, 'bundleEndpointURL']);
    reader.tell(url !== '' && !url.startsWith('https://'), [...root, name, 'bundleEndpointURL'], `bundleEndpointURL "${url}" does not start with https://`);
    const partner = reader.text([...root, name, 'trustDomain']);
    reader.tell(domain !== '' && partner !== '' && trustDomainName(partner) === domain, [...root, name, 'trustDomain'], `"${partner}" is the own trust domain`);
    const profile = [...root, name, 'bundleEndpointProfile'];
    const id = reader.text([...profile, 'endpointSPIFFEID']);
    const fault = id === '' ? undefined : spiffeIdError(id);
    reader.tell(fault !== undefined, [...profile, 'endpointSPIFFEID'], `endpointSPIFFEID "${id}": ${fault}`);
    reader.tell(reader.text([...profile, 'type']) === 'https_spiffe' && reader.text([...profile, 'endpointSPIFFEID']) === '' && !reader.isFilledIn([...profile, 'endpointSPIFFEID']),
      profile, 'https_spiffe needs endpointSPIFFEID');
  }
}

function sinks(reader: HelmReader, part: string): void {
  const isOn = (sink: string): boolean => reader.isOn([part, 'telemetry', sink]);
  const prometheus = isOn('prometheus') || reader.isOn(['global', 'telemetry', 'prometheus']);
  reader.tell(prometheus && isOn('datadog'), [part, 'telemetry', 'datadog'], 'telemetry for Datadog replaces that for Prometheus');
}

/** The agents call a Service whose name the chart makes of the release, whatever the server's own name is. */
function serverName(reader: HelmReader): void {
  const path = ['spire-server', 'fullnameOverride'];
  const name = reader.text(path);
  const isCalled = ['address', 'nameOverride'].some(key => reader.get(['spire-agent', 'server', key]) !== undefined);
  reader.tell(name !== '' && !name.endsWith('-server') && !isCalled, path, `fullnameOverride is ${name}, agents call <release>-server: set spire-agent.server.address`);
}

function scaling(reader: HelmReader, part: string): void {
  const only = [part, 'autoscaling', 'scaleOnSPIREServerOnly'];
  reader.tell(reader.isOn([part, 'autoscaling']) && reader.get(only) === true, only,
    'with scaleOnSPIREServerOnly the HorizontalPodAutoscaler is of type ContainerResource without containerResource, which Kubernetes refuses');
}

/** The chart gives the ConfigMap of the bundle that a second DaemonSet mounts a name of its own. */
function moreAgents(reader: HelmReader, part: string, values: ChartValues): void {
  for (const name of reader.keys([part, 'agents']).filter(key => key !== 'default')) {
    const elsewhere = [[part], [part, 'agents', name]].some(path => ['trustBundleURL', 'trustBundleHostPath'].some(key => values.get([...path, key]) !== undefined));
    const publishes = values.parts('spire-server').some(server => values.get([server, 'bundlePublisher', 'externalK8sConfigMap']) !== undefined);
    const map = `${reader.text(['global', 'spire', 'bundleConfigMap']) || reader.text([part, 'agents', name, 'bundleConfigMap']) || reader.text([part, 'bundleConfigMap'], 'spire-bundle')}-${name}`;
    reader.tell(!elsewhere && !publishes, [part, 'agents', name], `agents "${name}" mount ConfigMap ${map}, which nothing publishes: give them trustBundleURL, or publish it`);
  }
}

/** Which runs of GitHub may get an identity: the exchange does not start without an answer. */
function exchange(reader: HelmReader): void {
  const github = ['spire-identity-exchange', 'auth', 'plugins', 'github'];
  if (reader.keys(github).length === 0) return;
  const isEmpty = (name: string): boolean => asTexts(reader.get([...github, name])).length === 0 && !reader.isFilledIn([...github, name]);
  reader.tell(isEmpty('audiences'), github, 'github has no audiences');
  reader.tell(isEmpty('allowedRepositoryOwners') && isEmpty('allowedRepositories'), github, 'github has neither allowedRepositoryOwners nor allowedRepositories');
}

function issuer(reader: HelmReader): void {
  const path = ['global', 'spire', 'jwtIssuer'];
  const url = reader.text(path);
  reader.tell(url !== '' && !/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(url) && reader.isOn(['spiffe-oidc-discovery-provider'], true), path,
    `jwtIssuer "${url}" has no scheme, the OIDC discovery provider does not start`);
}
