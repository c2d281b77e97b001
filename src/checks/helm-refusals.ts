import { Json, Manifest, Path, asObject, asText } from '../model/manifest';

/** Something that the chart refuses to render. */
export interface Refusal {
  readonly path: Path;
  readonly message: string;
}

const SERVER_KEYS = ['disk', 'memory', 'awsKMS'];
const UPSTREAMS = ['disk', 'ejbca', 'awsPCA', 'awsSecret', 'gcpCAS', 'certManager', 'spire', 'vault'];
const AGENT_ATTESTORS = ['k8sPSAT', 'httpChallenge', 'tpmDirect', 'awsIID', 'gcpIIT', 'x509POP'];
const DATABASES = ['sqlite3', 'mysql', 'aws_mysql', 'gcp_mysql_sa_iam', 'postgres', 'aws_postgres'];
const PERSISTENCE = ['pvc', 'hostPath', 'emptyDir'];
const KUBELET_ADDRESSES = ['auto', 'localhost', 'hostname', 'hostip', 'custom'];

/** What SPIRE's Helm chart refuses in values; what they leave out is as the chart has it. */
export function refusalsOf(values: Manifest): Refusal[] {
  const found: Refusal[] = [];
  const root = asObject(values.value);
  const [server, agent] = ['spire-server', 'spire-agent'].map(chart => new Section(chart, asObject(root[chart]), found));
  server.exactlyOne('keyManager', SERVER_KEYS, ['disk']);
  server.atMostOne('upstreamAuthority', UPSTREAMS);
  server.oneOf('kind', ['statefulset', 'deployment'], 'statefulset');
  server.oneOf('persistence.type', PERSISTENCE, 'pvc');
  server.oneOf('dataStore.sql.databaseType', DATABASES, 'sqlite3');
  server.atMostOne('keyManager.awsKMS', ['keyIdentifierFile', 'keyIdentifierValue']);
  if (server.isOn('federation')) server.exactlyOne('federation.tls', ['spire', 'externalSecret', 'certManager'], ['spire']);
  const sqlite = asText(server.get('dataStore.sql.databaseType') ?? 'sqlite3') === 'sqlite3';
  server.refuse(sqlite && Number(server.get('replicaCount') ?? 1) > 1, 'replicaCount', 'sqlite3 takes one replica only');
  server.refuse(sqlite && server.isOn('autoscaling') && Number(server.get('autoscaling.maxReplicas') ?? 1) > 1, 'autoscaling.maxReplicas', 'sqlite3 takes one replica only');
  server.refuse(server.get('kind') === 'deployment' && (server.get('persistence.type') ?? 'pvc') !== 'emptyDir', 'kind', 'a deployment takes persistence.type emptyDir only');
  server.refuse(server.isOn('notifier.k8sBundle') && server.isOn('bundlePublisher.k8sConfigMap', true), 'notifier.k8sBundle',
    'notifier.k8sBundle and bundlePublisher.k8sConfigMap exclude each other');
  server.refuse(server.isOn('podDisruptionBudget') && isGiven(server.get('podDisruptionBudget.minAvailable')) && isGiven(server.get('podDisruptionBudget.maxUnavailable')),
    'podDisruptionBudget', 'minAvailable and maxUnavailable exclude each other');
  agent.exactlyOne('nodeAttestor', AGENT_ATTESTORS, ['k8sPSAT']);
  agent.exactlyOne('keyManager', ['memory', 'disk'], ['memory']);
  agent.oneOf('updateStrategy.type', ['RollingUpdate', 'OnDelete'], 'RollingUpdate');
  agent.oneOf('kubeletAddress.mode', KUBELET_ADDRESSES, 'auto');
  agent.refuse(agent.isOn('keyManager.disk') && agent.get('persistence.type') !== 'hostPath', 'keyManager.disk', 'keys on disk need persistence.type hostPath');
  placeholders(asObject(asObject(root.global).spire), found);
  return found;
}

/** The values of one chart. */
class Section {
  constructor(private readonly chart: string, private readonly values: Json, private readonly found: Refusal[]) {}

  public get(path: string): Json {
    return path.split('.').reduce((value: Json, step) => asObject(value)[step], this.values);
  }

  public isOn(path: string, byDefault = false): boolean {
    return (this.get(`${path}.enabled`) ?? byDefault) === true;
  }

  public refuse(wrong: boolean, path: string, message: string): void {
    if (wrong) this.found.push({ path: [this.chart, ...path.split('.')], message });
  }

  public exactlyOne(path: string, names: readonly string[], byDefault: readonly string[]): void {
    const on = names.filter(name => this.isOn(`${path}.${name}`, byDefault.includes(name)));
    this.refuse(on.length !== 1, path, `exactly one of ${names.join(', ')} can be enabled, ${on.length === 0 ? 'none is' : `${on.join(' and ')} are`}`);
  }

  public atMostOne(path: string, names: readonly string[]): void {
    const on = names.filter(name => this.isOn(`${path}.${name}`));
    this.refuse(on.length > 1, path, `only one of ${on.join(' and ')} can be enabled`);
  }

  public oneOf(path: string, allowed: readonly string[], byDefault: string): void {
    const value = asText(this.get(path) ?? byDefault);
    this.refuse(value !== '' && !allowed.includes(value), path, `${path} ${value} is none of ${allowed.join(', ')}`);
  }
}

function placeholders(spire: Json, found: Refusal[]): void {
  const strict = spire.strictMode ?? (asObject(spire.recommendations).enabled === true && asObject(spire.recommendations).strictMode !== false);
  if (strict !== true) return;
  const standard: Record<string, string> = { clusterName: 'example-cluster', trustDomain: 'example.org' };
  for (const [name, placeholder] of Object.entries(standard)) {
    // what is not here may be in another file of values
    if (spire[name] === placeholder) found.push({ path: ['global', 'spire', name], message: `${name} is the placeholder ${placeholder}, which strictMode refuses` });
  }
}

function isGiven(value: Json): boolean {
  return value !== undefined && value !== null && value !== '';
}
