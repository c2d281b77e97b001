import { JsonPatch } from 'cdk8s';
import { DataStore, FileRef, SecretRef, Spire, SpireServerProps } from '../../../../src';
import { strictErrors } from '../../../support/strict-schema';
import { synthPlatform } from '../../../support/synth';

const spire = (server: SpireServerProps = {}) => synthPlatform((platform) => new Spire(platform, 'spire', { server }));
const podSpec = (server: SpireServerProps = {}) => spire(server).object('StatefulSet', 'spire-server').spec.template.spec;
const container = (server: SpireServerProps = {}) => podSpec(server).containers[0];
const POSTGRES = DataStore.postgres({
  host: 'db.example.org', database: 'spire', credentials: SecretRef.of('spire-db'), certificateAuthority: FileRef.secret(SecretRef.of('spire-db-ca'), 'ca.crt'),
});

test('one replica keeps its data and its keys on a volume of its own', () => {
  const set = spire().object('StatefulSet', 'spire-server');
  expect(set.spec.replicas).toBe(1);
  expect(set.spec.volumeClaimTemplates).toEqual([
    { metadata: { name: 'server-data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  ]);
  expect(container().volumeMounts).toContainEqual({ name: 'server-data', mountPath: '/run/spire/server/data' });
  const conf = spire().object('ConfigMap', 'spire-server').data['server.conf'];
  expect(conf).toContain('keys_path = "/run/spire/server/data/keys.json"');
  expect(conf).toContain('connection_string = "/run/spire/server/data/datastore.sqlite3"');
});

test('the server trusts tokens of its own agents only, and tells the agents its bundle', () => {
  const conf = spire().object('ConfigMap', 'spire-server').data['server.conf'];
  expect(conf).toContain('service_account_allow_list = ["spire-system:spire-agent"]');
  expect(conf).toContain('audience = ["spire-server"]');
  expect(conf).toContain('configmap_name = "spire-bundle"');
  expect(conf).toContain('configmap_key = "bundle.pem"');
});

test('nobody but the publisher owns a key of the bundle ConfigMap', () => {
  expect(spire().ofKind('ConfigMap').map((object) => object.metadata.name).sort()).toEqual(['spire-agent', 'spire-controller-manager', 'spire-server']);
  expect(spire().object('Role', 'spire-server-bundle')).toMatchObject({
    metadata: { namespace: 'spire-system' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['spire-bundle'], verbs: ['create', 'patch'] }],
  });
});

test('the server has the rights that attestation needs and no more', () => {
  expect(spire().object('ClusterRole', 'spire-server').rules).toEqual([
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get'] },
  ]);
});

test('the pod is fit for a restricted namespace', () => {
  expect(podSpec().securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } });
  for (const each of podSpec().containers) {
    expect(each.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true });
  }
});

test('a change of configuration rolls the pods, a patch of the ConfigMap included', () => {
  const hash = (define: (patched: Spire) => void) => synthPlatform((platform) => define(new Spire(platform, 'spire')))
    .object('StatefulSet', 'spire-server').spec.template.metadata.annotations['cdk8s-spiffe.dev/config-hash'];
  const patched = hash((own) => own.server.configMap.addJsonPatch(JsonPatch.add('/data/extra', 'x')));
  expect(hash(() => {})).toMatch(/^[0-9a-f]{16}$/);
  expect(patched).not.toBe(hash(() => {}));
});

test('a patch of the StatefulSet survives', () => {
  const set = synthPlatform((platform) => new Spire(platform, 'spire').server.statefulSet
    .addJsonPatch(JsonPatch.add('/spec/template/spec/nodeSelector', { pool: 'identity' }))).object('StatefulSet', 'spire-server');
  expect(set.spec.template.spec.nodeSelector).toEqual({ pool: 'identity' });
});

test('a shared database takes replicas, spreads them and never stops two at once', () => {
  const output = spire({ replicas: 3, dataStore: POSTGRES });
  expect(output.object('StatefulSet', 'spire-server').spec.template.spec.topologySpreadConstraints[0].topologyKey).toBe('kubernetes.io/hostname');
  expect(output.object('PodDisruptionBudget', 'spire-server').spec.maxUnavailable).toBe(1);
  expect(output.object('ConfigMap', 'spire-controller-manager').data['config.yaml']).toContain('leaderElect: true');
  expect(output.object('Role', 'spire-controller-manager-leader-election').rules[0].verbs).toEqual(['get', 'create', 'update']);
});

test('a database password is in a Secret, and the file that names it is read with -expandEnv', () => {
  const own = container({ dataStore: POSTGRES });
  expect(own.args).toEqual(['-config', '/run/spire/server/config/server.conf', '-expandEnv']);
  expect(own.env).toContainEqual({ name: 'DATASTORE_PASSWORD', valueFrom: { secretKeyRef: { name: 'spire-db', key: 'password' } } });
  expect(own.volumeMounts).toContainEqual({ name: 'secret-spire-db-ca', mountPath: '/run/spire/server/files/secrets/spire-db-ca', readOnly: true });
});

test('every object is what the API server takes', () => {
  expect(strictErrors(spire().allObjects)).toEqual([]);
  expect(strictErrors(spire({ replicas: 3, dataStore: POSTGRES }).allObjects)).toEqual([]);
});

test('fails for replicas that would each have a database of their own', () => {
  expect(() => spire({ replicas: 2 })).toThrow(
    'replicas 2 with SQLite is not possible, each server would have a database of its own: use 1 replica or DataStore.postgres(...)');
});

test('fails for half a replica', () => {
  expect(() => spire({ replicas: 0.5 })).toThrow('replicas 0.5 is not possible: give a whole number from 1');
});

test('fails for a host that would break the connection string', () => {
  expect(() => DataStore.postgres({ host: 'db example', database: 'spire', credentials: SecretRef.of('spire-db') })).toThrow(
    "host 'db example' cannot stand in a connection string: use letters, digits, '.', '-' and '_'");
});
