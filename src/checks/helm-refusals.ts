import { chartIdentities } from './helm-identities';
import { HelmProblem, HelmReader } from './helm-reader';
import { Section } from './helm-section';
import { Part } from '../model/chart-parts';
import { Json, asText } from '../model/manifest';
import { ChartValues } from '../model/spire/chart-values';

const SERVER_KEYS = ['disk', 'memory', 'awsKMS'];
const UPSTREAMS = ['disk', 'ejbca', 'awsPCA', 'awsSecret', 'gcpCAS', 'certManager', 'spire', 'vault'];
const AGENT_ATTESTORS = ['k8sPSAT', 'httpChallenge', 'tpmDirect', 'awsIID', 'gcpIIT', 'x509POP'];
const DATABASES = ['sqlite3', 'mysql', 'aws_mysql', 'gcp_mysql_sa_iam', 'postgres', 'aws_postgres'];
const PERSISTENCE = ['pvc', 'hostPath', 'emptyDir'];
const KUBELET_ADDRESSES = ['auto', 'localhost', 'hostname', 'hostip', 'custom'];
const ROLL_OUTS = ['RollingUpdate', 'OnDelete'];

/** What SPIRE's Helm charts refuse in values; what they leave out is as the chart has it. */
export function refusalsOf(values: ChartValues): HelmProblem[] {
  const reader = new HelmReader(values);
  const parts = (chart: Part): string[] => values.parts(chart).filter(key => values.get([key, 'enabled']) !== false);
  for (const key of parts('spire-server')) server(new Section(reader, key), values.isNested);
  for (const key of parts('spire-agent')) agent(new Section(reader, key));
  for (const key of parts('spiffe-csi-driver')) new Section(reader, key).oneOf('updateStrategy.type', ROLL_OUTS, 'RollingUpdate');
  for (const key of parts('spiffe-oidc-discovery-provider')) discovery(new Section(reader, key));
  placeholders(reader);
  return reader.found;
}

function server(part: Section, isNested: boolean): void {
  part.exactlyOne('keyManager', SERVER_KEYS, ['disk']);
  part.atMostOne('upstreamAuthority', UPSTREAMS, isNested && !/root/.test(part.key) ? ['spire'] : []);
  part.oneOf('kind', ['statefulset', 'deployment'], 'statefulset');
  part.oneOf('persistence.type', PERSISTENCE, 'pvc');
  part.oneOf('controllerManager.staticManifestMode', ['off', 'internal', 'external'], 'off');
  part.atMostOne('keyManager.awsKMS', ['keyIdentifierFile', 'keyIdentifierValue']);
  for (const name of ['keyIdentifierFile', 'keyIdentifierValue']) {
    const path = `keyManager.awsKMS.${name}`;
    part.refuse(typeof part.get(path) === 'string', path, `${name} takes enabled${name === 'keyIdentifierValue' ? ' and identifier' : ''}, not a text`);
  }
  part.exactlyOne('federation.tls', ['spire', 'externalSecret', 'certManager'], ['spire']);
  deployment(part);
  part.refuse(part.isOn('notifier.k8sBundle') && part.isOn('bundlePublisher.k8sConfigMap', part.key !== 'external-spire-server'), 'notifier.k8sBundle',
    'notifier.k8sBundle and bundlePublisher.k8sConfigMap exclude each other');
  part.refuse(part.isOn('podDisruptionBudget') && isGiven(part.get('podDisruptionBudget.minAvailable')) && isGiven(part.get('podDisruptionBudget.maxUnavailable')),
    'podDisruptionBudget.maxUnavailable', 'minAvailable and maxUnavailable exclude each other');
  dataStore(part);
  chartIdentities(part);
}

function deployment(part: Section): void {
  const isOne = (): boolean => part.get('kind') === 'deployment';
  const stored = part.key.includes('-bottom-turtle-') ? 'emptyDir' : 'pvc';
  part.refuse(isOne() && (part.get('persistence.type') ?? stored) !== 'emptyDir', 'kind', 'a deployment takes persistence.type emptyDir only');
  part.refuse(isOne() && part.isOn('keyManager.disk', true), 'kind', 'a deployment takes no keys on disk');
  part.refuse(isOne() && (part.get('dataStore.sql.databaseType') ?? 'sqlite3') === 'sqlite3' && part.get('dataStore.sql.inMemory') !== true, 'kind',
    'a deployment takes sqlite3 in memory only');
}

function dataStore(part: Section): void {
  part.oneOf('dataStore.sql.databaseType', DATABASES, 'sqlite3');
  const type = (): string => asText(part.get('dataStore.sql.databaseType')) || (part.isFilledIn('dataStore.sql.databaseType') ? '' : 'sqlite3');
  const scales = (): boolean => part.isOn('autoscaling');
  part.refuse(type() === 'sqlite3' && Number(part.get('replicaCount') ?? 1) > 1 && !scales(), 'replicaCount', 'sqlite3 takes one replica only');
  const most = part.get('autoscaling.maxReplicas');
  part.refuse(type() === 'sqlite3' && scales() && Number(most ?? 100) > 1, most === undefined ? 'autoscaling' : 'autoscaling.maxReplicas', 'sqlite3 takes one replica only');
  const given = (name: string): boolean => isGiven(part.get(`dataStore.sql.${name}`));
  part.refuse(/^(aws_)?postgres$/.test(type()) && given('password') && given('clientCertPath'), 'dataStore.sql.password',
    'password and clientCertPath exclude each other for postgres');
  for (const name of ['rootCAPath', 'clientCertPath', 'clientKeyPath']) {
    part.refuse(/^(sqlite3|gcp_mysql_sa_iam)$/.test(type()) && given(name), `dataStore.sql.${name}`, `${name} is for mysql and postgres, databaseType is ${type()}`);
  }
  const isExternal = (): boolean => part.isOn('dataStore.sql.externalSecret');
  part.refuse(isExternal() && given('password'), 'dataStore.sql.password', 'password and externalSecret exclude each other');
  for (const name of ['name', 'key']) {
    part.refuse(isExternal() && !given(`externalSecret.${name}`), 'dataStore.sql.externalSecret', `externalSecret has no ${name}`);
  }
}

function agent(part: Section): void {
  const isTurtle = part.key.includes('-bottom-turtle-');
  part.exactlyOne('nodeAttestor', AGENT_ATTESTORS, [isTurtle ? 'x509POP' : 'k8sPSAT']);
  part.exactlyOne('keyManager', ['memory', 'disk'], [isTurtle ? 'disk' : 'memory']);
  part.oneOf('updateStrategy.type', ROLL_OUTS, 'RollingUpdate');
  part.oneOf('kubeletAddress.mode', KUBELET_ADDRESSES, 'auto');
  const mode = (): string => asText(part.get('keyManager.disk.mode') ?? 'hostPath');
  part.refuse(!isTurtle && part.isOn('keyManager.disk') && mode() === 'hostPath' && part.get('persistence.type') !== 'hostPath', 'keyManager.disk',
    'keys on disk need persistence.type hostPath');
}

function discovery(part: Section): void {
  part.oneOf('bundleSource', ['CSI', 'ConfigMap'], 'CSI');
  const kinds = ['spire', 'externalSecret', 'certManager'];
  const isEnabled = asText(part.get('enabled') ?? true) === 'true';
  const on = kinds.filter(kind => part.isOn(`tls.${kind}`, kind === 'spire'));
  part.refuse(isEnabled && on.length > 1, 'tls', `only one of ${on.join(' and ')} can be enabled`);
}

function placeholders(reader: HelmReader): void {
  const spire = (name: string): Json => reader.get(['global', 'spire', ...name.split('.')]);
  const standard: Record<string, string> = { clusterName: 'example-cluster', trustDomain: 'example.org' };
  for (const [name, placeholder] of Object.entries(standard)) {
    const isStrict = spire('strictMode') ?? (spire('recommendations.enabled') === true && spire('recommendations.strictMode') !== false);
    // what is not here may be in another file of values
    reader.tell(isStrict === true && spire(name) === placeholder, ['global', 'spire', name], `${name} is the placeholder ${placeholder}, which strictMode refuses`);
  }
}

function isGiven(value: Json): boolean {
  return value !== undefined && value !== null && value !== '';
}
