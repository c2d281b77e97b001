import { systemOf } from './system-of';
import { mayDo } from '../../src/model/kubernetes/rbac';
import { once } from '../../src/model/once';
import { readManifests } from '../../src/model/reader';
import { systemsOf } from '../../src/model/scopes';

const TEXT = `# of the first
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: b}
data:
  text: |
    one
    two
# between
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Secret
  metadata:
    name: c
`;

describe('manifests', () => {
  const [map, secret] = readManifests('a.yaml', TEXT).manifests;

  test('are read with the items of lists', () => {
    expect([map, secret].map(({ kind, name, namespace }) => [kind, name, namespace])).toEqual([['ConfigMap', 'a', 'b'], ['Secret', 'c', '']]);
  });

  test('know the lines of what they hold', () => {
    expect(map.lineOf(['metadata', 'name'])).toBe(4);
    expect(map.lineOfText(['data', 'text'])).toBe(7);
    expect(secret.lineOf(['metadata', 'name'])).toBe(17);
    expect(secret.lineOf(['metadata', 'labels', 'x'])).toBe(16);
  });

  test('know their comments', () => expect(map.comments()).toEqual(['# of the first', '# between']));
});

describe('rights', () => {
  const text = `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: n}
spec: {serviceAccountName: s}
---
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: r}
rules: [{apiGroups: [""], resources: [nodes/pods], verbs: [get]}]
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: r}
roleRef: {kind: ClusterRole, name: ROLE}
subjects: [{kind: ServiceAccount, name: s, namespace: NAMESPACE}]
`;
  const may = (role: string, namespace: string, right: { resource: string; alternative?: string }): boolean | undefined => {
    const [system] = systemsOf(readManifests('a.yaml', text.replace('ROLE', role).replace('NAMESPACE', namespace)).manifests, []);
    return mayDo(system, system.workloads[0], { group: '', verb: 'get', ...right });
  };

  test('are those of the roles that are bound', () => {
    expect(may('r', 'n', { resource: 'nodes/pods' })).toBe(true);
    expect(may('r', 'n', { resource: 'nodes/proxy' })).toBe(false);
    expect(may('r', 'n', { resource: 'nodes/proxy', alternative: 'nodes/pods' })).toBe(true);
  });

  test('are unknown where the role is not in the input or nothing is bound', () => {
    expect(may('other', 'n', { resource: 'nodes/pods' })).toBeUndefined();
    expect(may('r', 'elsewhere', { resource: 'nodes/pods' })).toBeUndefined();
  });
});

test('an answer is worked out once for each object', () => {
  let calls = 0;
  const count = once(() => ++calls);
  const [a, b] = [{}, {}];
  expect([count(a), count(a), count(b), count(a)]).toEqual([1, 1, 2, 1]);
});

test('lists in lists, with their lines', () => {
  const { manifests } = readManifests('a.yaml', 'kind: List\nitems:\n- kind: List\n  items:\n  - kind: Pod\n    metadata: {name: a}\n- null\n- 3\n');
  expect(manifests.map(({ kind, name }) => [kind, name])).toEqual([['Pod', 'a']]);
  expect(manifests[0].lineOf(['metadata', 'name'])).toBe(6);
});

test.each(['&l\nkind: List\nitems: [*l]\n', 'kind: Pod\nspec: &s {a: {b: *s}}\n'])('fails with an alias that stands in what it stands for: %j', text => {
  expect(readManifests('a.yaml', text)).toMatchObject({ manifests: [], unread: [{ line: expect.any(Number), reason: 'an alias stands in what it stands for' }] });
});

test('files put together, each with its mark', () => {
  const { manifests } = readManifests('a.yaml', '\uFEFFapiVersion: v1\nkind: Pod\n---\n\uFEFFapiVersion: v1\nkind: Service\n');
  expect(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual(['v1 Pod', 'v1 Service']);
});

test('a template that is YAML by chance is a text', () => {
  const [{ value, namespace }] = readManifests('a.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  selector:\n    app: {{ .Values.app }}\n').manifests;
  expect([value.spec, namespace]).toEqual([{ selector: { app: '{{ .Values.app }}' } }, '']);
});

test.each(['[', '{a: ', '- ', '? ', '"a": ', '": '])('fails with %j nested too deeply', piece => {
  expect(readManifests('a.yaml', piece.repeat(50_000))).toMatchObject({ manifests: [], unread: [{ line: expect.any(Number), reason: expect.any(String) }] });
});

test('fails with more aliases than anybody writes', () => {
  const aliases = (count: number) => `kind: A\na: &a 1\n${Array.from({ length: count }, (_, i) => `k${i}: *a\n`).join('')}`;
  expect(readManifests('a.yaml', aliases(10_001))).toEqual({ manifests: [], unread: [{ file: 'a.yaml', line: 10_003, reason: 'there are more than 10000 aliases' }] });
});

test('what the chart istiod writes down of its values is no second mesh', () => {
  const values = JSON.stringify({ global: { tag: '1.31.0' }, meshConfig: { trustDomain: 'example.org' }, pilot: { cni: {} } });
  const map = (name: string, key: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: istio-system}\ndata:\n  ${key}: '${values}'\n`;
  expect([map('values', 'merged-values'), map('values-canary', 'original-values'), map('istio-sidecar-injector', 'values')].map(text => systemOf(text).meshes)).toEqual([[], [], []]);
  expect(systemOf(map('istiod-values', 'values')).meshes.length).toBe(1);
});
