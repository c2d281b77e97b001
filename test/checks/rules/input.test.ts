import { Engine } from '../../../src/checks/engine';
import { Level } from '../../../src/checks/finding';
import { RULES } from '../../../src/checks/rules';
import { findingsOf, fixture, found, Input } from '../cases';

const SERVER = fixture('spire.yaml');

describe('a key that is there twice', () => {
  const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: x\ndata:\n  b: y\n';

  test('fails, on its line', () => {
    expect(findingsOf('INPUT-REPEATED-KEY', `# first\n---\n${MAP}`)).toEqual([expect.objectContaining({
      level: Level.WARNING,
      line: 8,
      message: 'data is there already on line 6: what is written there is lost',
      object: { apiVersion: 'v1', kind: 'ConfigMap', namespace: '', name: 'a' },
    })]);
  });

  test.each([
    ['deep in a list', 'kind: Pod\napiVersion: v1\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    env: []\n    image: a:1\n    env: [{name: A}]\n', 9],
    ['in JSON', '{"apiVersion": "v1", "kind": "ConfigMap",\n"data": {"a": "x"},\n"data": {"b": "y"}}', 3],
    ['in an item of a List', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: b\n    name: c\n', 9],
    ['in flow style', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {x: "1", x: "2"}}\n', 3],
    ['in Helm values', 'global: {spire: {trustDomain: example.org}}\nspire-agent: {}\nspire-agent: {}\n', 3],
  ])('fails %s', (_, text, line) => {
    expect(findingsOf('INPUT-REPEATED-KEY', text)).toEqual([expect.objectContaining({ line })]);
  });

  test('fails in a configuration inside a ConfigMap', () => {
    const text = SERVER.replace('    entryIDPrefix: demo\n', '    entryIDPrefix: demo\n    className: other\n');
    const [finding] = findingsOf('INPUT-REPEATED-KEY', text);
    expect(text.split('\n')[finding.line - 1].trim()).toBe('className: other');
    expect(finding.object.name).toBe('spire-controller-manager');
  });

  test('does not keep the object from being checked, with the last value', () => {
    const text = SERVER.replace('  ttl: 1h\n', '  ttl: 1h\n  ttl: 3600\n');
    const [finding] = findingsOf('SPIRE-ID-TTL', text);
    expect(text.split('\n')[finding.line - 1]).toBe('  ttl: 3600');
  });

  test.each([
    ['in two mappings', 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a}, {name: b}]}\n'],
    ['as merge keys', 'a: &a {x: 1}\nb: &b {y: 1}\nkind: A\nc:\n  <<: *a\n  <<: *b\n'],
    ['that merges override', 'kind: A\na: &a {x: 1}\nc:\n  <<: *a\n  x: 2\n'],
    ['under conditions of a template language', 'kind: A\n#@ if x:\na: 1\n#@ else:\na: 2\n#@ end\n'],
  ])('is no finding %s', (_, text) => {
    expect(findingsOf('INPUT-REPEATED-KEY', text)).toEqual([]);
  });

  test('can be skipped at its object', () => {
    expect(findingsOf('INPUT-REPEATED-KEY', MAP.replace('{name: a}', '{name: a, annotations: {checks.cdk8s-spiffe.dev/skip: "INPUT-REPEATED-KEY=known"}}'))).toEqual([]);
  });
});

describe('an object that is there twice in one file', () => {
  const one = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata: {x: "1"}\n';

  test('fails where the content differs', () => {
    expect(findingsOf('INPUT-REPEATED-OBJECT', `${one}---\n${one.replace('"1"', '"2"')}`)).toEqual([expect.objectContaining({
      level: Level.WARNING, line: 8, message: 'ConfigMap a is defined already on line 2',
    })]);
  });

  test('fails where only the version of the API differs', () => {
    const policy = (version: string): string => `apiVersion: security.istio.io/${version}\nkind: PeerAuthentication\nmetadata: {name: a, namespace: b}\nspec: {}\n`;
    expect(findingsOf('INPUT-REPEATED-OBJECT', `${policy('v1')}---\n${policy('v1beta1')}`)).toHaveLength(1);
  });

  test.each([
    ['with the same content', one],
    ['in another namespace', one.replace('namespace: b', 'namespace: c').replace('"1"', '"2"')],
    ['under another name', one.replace('name: a', 'name: c')],
    ['as a hook', one.replace('namespace: b', 'namespace: b, annotations: {helm.sh/hook: pre-install}').replace('"1"', '"2"')],
    ['with a name to be made', one.replace('name: a', 'generateName: a-')],
  ])('is no finding %s', (_, two) => {
    expect(findingsOf('INPUT-REPEATED-OBJECT', `${one}---\n${two}`)).toEqual([]);
  });
});

describe('an object that is there in two files', () => {
  const map = (name: string, value = '1'): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: b}\ndata: {x: "${value}"}\n---\n`;
  const ONE = map('a') + map('one');
  const TWO = map('a', '2') + map('two');
  const repeated = (files: Input): string[] => findingsOf('INPUT-REPEATED-OBJECT', files).map(({ file, line, message }) => `${file}:${line} ${message}`);

  test('fails where they are parts of one folder', () => {
    expect(repeated({ 'a/one.yaml': ONE, 'a/two.yaml': TWO })).toEqual(['a/two.yaml:3 ConfigMap a is defined already in a/one.yaml']);
  });

  test.each([
    ['have little else, as alternatives', { 'a/one.yaml': ONE, 'a/two.yaml': map('a', '2') }],
    ['have only what others have, too', { 'a/one.yaml': ONE, 'a/two.yaml': TWO, 'a/three.yaml': map('two') }],
    ['are three', { 'a/one.yaml': ONE, 'a/two.yaml': TWO, 'a/three.yaml': map('a', '3') + map('three') }],
    ['have the same in it', { 'a/one.yaml': ONE, 'a/two.yaml': map('a') + map('two') }],
    ['are in two folders', { 'a/one.yaml': ONE, 'b/two.yaml': TWO }],
    ['are chosen by kustomize', { 'a/one.yaml': ONE, 'a/two.yaml': TWO, 'a/kustomization.yaml': 'resources: [one.yaml]\n' }],
  ])('is no finding where they %s', (_, files: Record<string, string>) => {
    expect(repeated(files)).toEqual([]);
  });
});

describe('a number where text is wanted', () => {
  const messages = (text: string): string[] => findingsOf('INPUT-TEXT', text).map(({ message, line }) => `${line}: ${message}`);
  const POD = (container: string, more = ''): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    metadata: {${more}}\n    spec:\n      containers:\n      - name: a\n        image: a:1\n${container}`;

  test.each([
    ['an annotation of a custom resource', 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-wave: 5\n', '6: argocd.argoproj.io/sync-wave is 5, which is no text'],
    ['a label of pods', POD('', 'labels: {sidecar.istio.io/inject: true}'), '6: sidecar.istio.io/inject is true, which is no text'],
    ['a variable', POD('        env:\n        - name: VERBOSE\n          value: true\n'), '13: VERBOSE is true, which is no text'],
    ['a variable with a word of YAML 1.1', POD('        env:\n        - {name: VERBOSE, value: off}\n'), '12: VERBOSE is off, which is no text'],
    ['an argument', POD('        args: [--port, 8080]\n'), '11: args[1] is 8080, which is no text'],
    ['the data of a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  port: 8080\n', '5: port is 8080, which is no text'],
    ['the selector of a Service', 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  selector: {version: 1}\n', '5: version is 1, which is no text'],
    ['annotations of kustomize', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\ncommonAnnotations:\n  argocd.argoproj.io/sync-wave: -4\n', '4: argocd.argoproj.io/sync-wave is -4, which is no text'],
    ['JSON', '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"},\n"stringData": {"PORT": 5432}}', '2: PORT is 5432, which is no text'],
  ])('fails in %s', (_, text, message) => {
    expect(messages(text)).toEqual([message]);
  });

  test.each([
    ['text', POD('        args: [--port, "8080"]\n        env:\n        - {name: A, value: "on"}\n        - {name: B, value: \'yes\'}\n        - {name: C}\n', 'labels: {version: "1"}')],
    ['words in blocks', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |-\n    on\n  b: >-\n    no\n'],
    ['numbers of other fields', 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}], publishNotReadyAddresses: true}\n'],
    ['nothing at all', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {x: }}\ndata: {y: null}\n'],
    ['words that are no booleans', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: oN\n'],
    ['files of programs on a desk', 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a, labels: {public: yes}}\n'],
    ['what nobody applies', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {config.kubernetes.io/local-config: "true"}}\ndata: {a: 1}\n'],
    ['words of patches', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\npatches:\n- patch: |-\n    {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: "on"}}\n'
      + '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "off"}\n'],
    ['values of Helm', 'podAnnotations: {a: 1}\nspire-server: {replicaCount: 1}\n'],
    ['custom resources with data of their own', 'apiVersion: example.org/v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n'],
  ])('takes %s', (_, text) => {
    expect(messages(text)).toEqual([]);
  });
});

describe('a kustomization', () => {
  const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "registry.example.org/shop/web:1.0.0"}]}\n';
  const images = (name: string, more = ''): string[] => found('INPUT-KUSTOMIZE-IMAGE', {
    'app/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [pod.yaml${more}]\nimages: [{name: ${name}, newTag: 1.0.1}]\nconfigMapGenerator: [{name: a, literals: [a=b]}]\n`,
    'app/pod.yaml': POD,
  });

  test('fails where it sets the version of an image that nothing has', () => {
    expect(images('registry.example.org/shop/wep')).toEqual(['no container has the image registry.example.org/shop/wep']);
    expect(images('registry.example.org/shop/web')).toEqual([]);
    expect(images('registry.example.org/shop/api', ', ../api')).toEqual([]);
  });
});

test('images that nothing has take one look at each text, however many they are', () => {
  const engine = new Engine();
  let looks = 0;
  const add = (file: string, text: string): void => engine.add({
    file,
    text,
    again: () => {
      looks++;
      return text;
    },
  });
  for (let i = 0; i < 20; i++) {
    add(`${i}/kustomization.yaml`, `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\nimages: [{name: none-${i}, newTag: "1"}]\n`);
    add(`${i}/a.yaml`, `apiVersion: v1\nkind: Service\nmetadata: {name: service-${i}}\n`);
  }
  expect(engine.run(RULES.filter(({ id }) => id === 'INPUT-KUSTOMIZE-IMAGE')).findings).toHaveLength(20);
  // each object's, and each finding's line and comments
  expect(looks).toBeLessThanOrEqual(20 + 2 * 20);
});
