import { built } from '../../src/model/kustomize-build';
import { Manifest } from '../../src/model/manifest';
import { readManifests } from '../../src/model/reader';
import { systemsOf } from '../../src/model/scopes';
import { findingsOf } from '../checks/cases';

const SERVER = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: core}
spec:
  replicas: 1
  template:
    spec:
      containers:
      - {name: core, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /etc/core/server.conf], volumeMounts: [{name: c, mountPath: /etc/core}]}
      - {name: other, image: "a:1"}
      volumes: [{name: c, configMap: {name: core}}]
`;
const ROLES = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: core}\nsubjects: [{kind: ServiceAccount, name: core}]\n';

function build(files: Record<string, string>): Manifest[] {
  return built(Object.entries(files).flatMap(([file, text]) => readManifests(file, text).manifests), [])[0].manifests;
}

const one = (manifests: Manifest[], kind: string): Manifest => manifests.find(manifest => manifest.kind === kind)!;

test('objects are put into the namespace of their kustomization, with the accounts that bindings name', () => {
  const manifests = build({ 'a/kustomization.yaml': 'namespace: trust\nresources: [core.yaml, rbac.yaml]\n', 'a/core.yaml': SERVER, 'a/rbac.yaml': ROLES });
  expect(one(manifests, 'StatefulSet').namespace).toBe('trust');
  expect(one(manifests, 'ClusterRoleBinding').namespace).toBe('');
  expect(one(manifests, 'ClusterRoleBinding').value.subjects).toEqual([{ kind: 'ServiceAccount', name: 'core', namespace: 'trust' }]);
  expect(one(manifests, 'StatefulSet').lineOf(['spec', 'replicas'])).toBe(5);
});

test('an overlay wins over its base', () => {
  const manifests = build({ 'base/kustomization.yaml': 'namespace: a\nresources: [core.yaml]\n', 'base/core.yaml': SERVER, 'prod/kustomization.yaml': 'namespace: b\nresources: [../base]\n' });
  expect(one(manifests, 'StatefulSet').namespace).toBe('b');
});

test('a base with two overlays is looked at with each', () => {
  const overlay = (name: string, count: number): string => `namespace: ${name}\nresources: [../base]\nreplicas: [{name: core, count: ${count}}]\n`;
  const files = {
    'base/kustomization.yaml': 'resources: [core.yaml]\n',
    'base/core.yaml': SERVER,
    'over/dev/kustomization.yaml': overlay('one', 1).replaceAll('../base', '../../base'),
    'over/prod/kustomization.yaml': `${overlay('two', 3).replaceAll('../base', '../../base')}patches: [{path: more.yaml}]\n`,
    'over/prod/more.yaml': 'kind: StatefulSet\nmetadata: {name: core}\nspec: {serviceName: core}\n',
    'apps/kustomization.yaml': 'namespace: apps\nresources: [a.yaml]\n',
    'apps/a.yaml': ROLES,
  };
  const variants = built(Object.entries(files).flatMap(([file, text]) => readManifests(file, text).manifests), []).map(({ manifests }) => manifests);
  expect(variants.map(manifests => one(manifests, 'StatefulSet')).map(({ namespace, spec }) => [namespace, spec.replicas, spec.serviceName])).toEqual([['one', 1, undefined], ['two', 3, 'core']]);
  expect(variants.map(manifests => one(manifests, 'ClusterRoleBinding').value.subjects[0].namespace)).toEqual(['apps', 'apps']);
});

test.each([
  ['a file', 'patches: [{path: p.yaml}]\n', { 'a/p.yaml': 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: core}\nspec: {replicas: 3}\n' }],
  ['a text', 'patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: StatefulSet\n    metadata: {name: any}\n    spec: {replicas: 3}\n  target: {kind: StatefulSet}\n', {}],
  ['the old field', 'patchesStrategicMerge: [p.yaml]\n', { 'a/p.yaml': 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: core}\nspec: {replicas: 3}\n' }],
  ['operations', 'patches:\n- target: {kind: StatefulSet, name: co.*}\n  patch: |-\n    - op: replace\n      path: /spec/replicas\n      value: 3\n', {}],
  ['replicas', 'replicas: [{name: core, count: 3}]\n', {}],
])('a patch as %s changes its object and is none itself', (_, text, files) => {
  const manifests = build({ 'a/kustomization.yaml': `resources: [core.yaml]\n${text}`, 'a/core.yaml': SERVER, ...files });
  expect(manifests.filter(({ kind }) => kind === 'StatefulSet').map(({ spec }) => spec.replicas)).toEqual([3]);
});

test('elements of lists are patched by name, and can be removed', () => {
  const patch = 'kind: StatefulSet\nmetadata: {name: core}\nspec: {template: {spec: {containers: [{name: core, image: "b:2"}, {name: other, $patch: delete}, {name: more}]}}}\n';
  const manifests = build({ 'a/kustomization.yaml': `resources: [core.yaml]\npatches: [{patch: ${JSON.stringify(patch)}}]\n`, 'a/core.yaml': SERVER });
  const { containers } = one(manifests, 'StatefulSet').spec.template.spec;
  expect(containers).toMatchObject([{ name: 'core', image: 'b:2', args: ['-config', '/etc/core/server.conf'] }, { name: 'more' }]);
  expect(containers).toHaveLength(2);
});

test('images get their names and tags', () => {
  const images = 'images: [{name: ghcr.io/spiffe/spire-server, newName: registry.example.org/spire-server, newTag: 1.14.0}, {name: a, digest: "sha256:00"}]\n';
  const manifests = build({ 'a/kustomization.yaml': `resources: [core.yaml]\n${images}`, 'a/core.yaml': SERVER });
  expect(one(manifests, 'StatefulSet').spec.template.spec.containers.map(({ image }: { image: string }) => image)).toEqual(['registry.example.org/spire-server:1.14.0', 'a@sha256:00']);
});

describe('a configuration that kustomize puts into a ConfigMap', () => {
  const findings = (conf: string, kustomization = 'namespace: trust\nresources: [core.yaml]\nconfigMapGenerator: [{name: core, files: [server.conf=files/core.conf]}]\n') =>
    findingsOf(/^(SPIRE-EXPAND-ENV(-UNSEEN)?|SPIRE-CONFIG-PATH|OPS-CONFIG-MISSING|SPIRE-UNKNOWN-KEY)$/, {
      'a/kustomization.yaml': kustomization, 'a/core.yaml': SERVER, 'a/files/core.conf': conf,
    });

  test('is that of the container that mounts it', () => {
    expect(findings('server {\n  trust_domain = "example.org"\n}\n')).toEqual([]);
  });

  test('fails on its own lines', () => {
    expect(findings('server {\n  trust_domain = "example.org"\n  data_dir = "${DIR}"\n  nothing = 1\n}\n')).toMatchObject([
      { rule: 'SPIRE-EXPAND-ENV', file: 'a/files/core.conf', line: 3 }, { rule: 'SPIRE-UNKNOWN-KEY', file: 'a/files/core.conf', line: 4 },
    ]);
  });

  test('may be a file that is not in the input', () => {
    expect(findings('', 'resources: [core.yaml]\nconfigMapGenerator: [{name: core, files: [server.conf=../secret/core.conf]}]\n')).toEqual([]);
  });
});

test.each([
  ['a target that is no regular expression', 'patches: [{target: {kind: StatefulSet, name: "("}, patch: "[{op: replace, path: /spec/replicas, value: 3}]"}]\n'],
  ['a path into what objects inherit', 'patches: [{target: {kind: StatefulSet}, patch: "[{op: add, path: /__proto__/polluted, value: 3}, {op: add, path: /spec/constructor/prototype/polluted, value: 3}]"}]\n'],
  ['a patch that is no YAML', 'patches: [{target: {kind: StatefulSet}, patch: "{"}]\n'],
  ['a patch of nothing', 'patches: [{}, {path: none.yaml}]\npatchesJson6902: [{}]\nimages: [{}]\nreplicas: [{}]\nconfigMapGenerator: [{}]\n'],
])('%s changes nothing', (_, text) => {
  const manifests = build({ 'a/kustomization.yaml': `resources: [core.yaml]\n${text}`, 'a/core.yaml': SERVER });
  expect(one(manifests, 'StatefulSet').spec.replicas).toBe(1);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('overlays with trust domains of their own know of each other, those of one do not', () => {
  const know = (domains: string[]): number[] => {
    const overlay = (name: string, domain: string): Manifest[] => readManifests(`${name}/kustomization.yaml`, 'resources: [../base, m.yaml]\n').manifests
      .concat(readManifests(`${name}/m.yaml`, `kind: ControllerManagerConfig\napiVersion: spire.spiffe.io/v1alpha1\nclusterName: a\ntrustDomain: ${domain}\n`).manifests);
    const base = [...readManifests('base/kustomization.yaml', 'resources: [core.yaml]\n').manifests, ...readManifests('base/core.yaml', SERVER).manifests];
    return systemsOf([...base, ...domains.flatMap((domain, i) => overlay(`o${i}`, domain))], []).map(({ clusters }) => clusters.length);
  };
  expect(know(['a.org', 'b.org'])).toEqual([2, 2]);
  expect(know(['a.org', 'a.org'])).toEqual([1, 1]);
});

test('bases that are taken on many ways are looked at once', () => {
  const layers = Array.from({ length: 30 }, (_, i) => ['a', 'b'].map(name => [`${name}${i}/kustomization.yaml`, `resources: [../a${i + 1}, ../b${i + 1}]\n`])).flat();
  const manifests = build({ ...Object.fromEntries(layers), 'a30/kustomization.yaml': 'namespace: trust\nresources: [core.yaml]\n', 'a30/core.yaml': SERVER });
  expect(one(manifests, 'StatefulSet').namespace).toBe('trust');
});

test('a component changes what the kustomization that takes it has, once', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [core.yaml]\n',
    'base/core.yaml': SERVER,
    'over/kustomization.yaml': 'resources: [../base]\ncomponents: [../part]\n',
    'part/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [own.yaml]\npatches:\n- target: {kind: StatefulSet}\n  patch: |\n'
      + '    - {op: add, path: /spec/template/spec/volumes/-, value: {name: d, emptyDir: {}}}\n',
    'part/own.yaml': SERVER.replaceAll('name: core}\nspec', 'name: own}\nspec'),
  };
  const volumes = build(files).filter(({ kind }) => kind === 'StatefulSet').map(({ name, spec }) => [name, spec.template.spec.volumes.map(({ name: volume }: { name: string }) => volume)]);
  expect(volumes).toEqual([['core', ['c', 'd']], ['own', ['c', 'd']]]);
});

test('mounts are told apart by where they are, and lists of custom resources are replaced', () => {
  const ID = 'apiVersion: example.com/v1\nkind: Route\nmetadata: {name: a}\nspec: {rules: [{name: a}, {name: b}]}\n';
  const manifests = build({
    'a/kustomization.yaml': 'resources: [core.yaml, id.yaml]\npatches: [{path: p.yaml}, {path: q.yaml}]\n',
    'a/core.yaml': SERVER,
    'a/id.yaml': ID,
    'a/p.yaml': 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: core}\nspec: {template: {spec: {containers: [{name: core, volumeMounts: [{name: c, mountPath: /more}]}]}}}\n',
    'a/q.yaml': 'apiVersion: example.com/v1\nkind: Route\nmetadata: {name: a}\nspec: {rules: [{name: c}]}\n',
  });
  expect(one(manifests, 'StatefulSet').spec.template.spec.containers[0].volumeMounts).toEqual([{ name: 'c', mountPath: '/etc/core' }, { name: 'c', mountPath: '/more' }]);
  expect(one(manifests, 'Route').spec.rules).toEqual([{ name: 'c' }]);
});

describe('replacements', () => {
  const TARGET = (path: string, more = ''): string => `targets: [{select: {kind: StatefulSet}, fieldPaths: [${path}]${more}}]`;
  const replaced = (replacement: string, more: Record<string, string> = {}): Manifest => one(build({
    'a/kustomization.yaml': `resources: [core.yaml, set.yaml]\nconfigMapGenerator: [{name: made, literals: [count=5]}]\nreplacements:\n${replacement}\n`,
    'a/core.yaml': SERVER,
    'a/set.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: set}\ndata: {image: "b:2", a.b: x}\n',
    ...more,
  }), 'StatefulSet');
  const SOURCE = 'source: {kind: ConfigMap, name: set, fieldPath: data.image}';

  test('are made, in lists too', () => {
    const path = 'spec.template.spec.containers.[name=other].image';
    expect(replaced(`- {${SOURCE}, ${TARGET(`"${path}"`)}}`).spec.template.spec.containers.map(({ image }: { image: string }) => image)).toEqual(['ghcr.io/spiffe/spire-server:1.15.3', 'b:2']);
    expect(replaced(`- {${SOURCE}, ${TARGET(`"${path}"`, ', options: {delimiter: ":", index: 1}')}}`).spec.template.spec.containers[1].image).toBe('a:b:2');
    expect(replaced(`- {source: {kind: ConfigMap, name: made, fieldPath: data.count}, ${TARGET('spec.replicas')}}`).spec.replicas).toBe(5);
    expect(replaced(`- {source: {kind: ConfigMap, name: set, fieldPath: 'data.a\\.b'}, ${TARGET('metadata.labels.a', ', options: {create: true}')}}`).labels).toEqual({ a: 'x' });
  });

  test('that are in a file are made', () => {
    expect(replaced('- path: r.yaml', { 'a/r.yaml': `- source: {kind: ConfigMap, name: set, fieldPath: data.image}\n  ${TARGET('spec.serviceName', ', options: {create: true}')}\n` }).spec.serviceName).toBe('b:2');
  });

  test('make no field that is not there, and leave a value open that is not to be seen', () => {
    expect(replaced(`- {${SOURCE}, ${TARGET('spec.serviceName')}}`).spec.serviceName).toBeUndefined();
    expect(replaced(`- {source: {kind: ConfigMap, name: far, fieldPath: data.image}, ${TARGET('spec.replicas')}}`).spec.replicas).toContain('$');
    expect(replaced(`- {${SOURCE}, targets: [{select: {kind: StatefulSet}, reject: [{name: core}], fieldPaths: [spec.replicas]}]}`).spec.replicas).toBe(1);
  });
});

describe('patches of what delivers a folder', () => {
  const PATCH = 'patches: [{target: {kind: StatefulSet}, patch: "[{op: replace, path: /spec/replicas, value: 3}]"}]';
  const ARGO = (path: string): string => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {path: ${path}, kustomize: {${PATCH}}}}\n`;
  const FLUX = (path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {path: ${path}, ${PATCH}}\n`;
  const replicas = (more: Record<string, string>): number => one(build({ 'repo/ids/kustomization.yaml': 'resources: [core.yaml]\n', 'repo/ids/core.yaml': SERVER, ...more }), 'StatefulSet').spec.replicas;

  test('are made', () => {
    expect(replicas({ 'repo/apps/a.yaml': ARGO('ids') })).toBe(3);
    expect(replicas({ 'repo/apps/a.yaml': FLUX('./ids') })).toBe(3);
    expect(replicas({ 'repo/apps/a.yaml': FLUX('./ids/') })).toBe(3);
  });

  test('not where another folder is delivered, or one to several places', () => {
    expect(replicas({ 'repo/apps/a.yaml': ARGO('other') })).toBe(1);
    expect(replicas({ 'repo/apps/a.yaml': FLUX('./s') })).toBe(1);
    expect(replicas({ 'repo/apps/a.yaml': ARGO('ids'), 'repo/apps/b.yaml': ARGO('ids') })).toBe(1);
  });
});

describe('the line of a value is where it was given', () => {
  const ID = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec:\n  spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/a"\n';
  const PATCH = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: none}\n---\napiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec:\n  ttl: 1d\n';
  const told = (patches: string, more: Record<string, string> = {}): string[] =>
    findingsOf('SPIRE-ID-TTL', { 'a/kustomization.yaml': `resources: [id.yaml]\n${patches}`, 'a/id.yaml': ID, ...more }).map(({ file, line }) => `${file}:${line}`);

  test('in a file of patches, also in its second document', () => {
    expect(told('patches: [{path: p.yaml}]\n', { 'a/p.yaml': PATCH })).toEqual(['a/p.yaml:9']);
    expect(told('patches: [{path: p.yaml}]\n', { 'a/p.yaml': PATCH.replace('1d', '1h') })).toEqual([]);
  });

  test('in a text of the kustomization, or in the object', () => {
    expect(told('patches:\n- patch: |\n    kind: ClusterSPIFFEID\n    metadata: {name: a}\n    spec:\n      ttl: 1d\n')).toEqual(['a/kustomization.yaml:7']);
    expect(told('patches:\n- target: {kind: ClusterSPIFFEID}\n  patch: |\n    - {op: add, path: /spec/ttl, value: 1d}\n')).toEqual(['a/kustomization.yaml:5']);
    expect(told('patches: [{target: {kind: ClusterSPIFFEID}, patch: "[{op: add, path: /spec/hint, value: a}]"}]\n', { 'a/id.yaml': `${ID}  ttl: 1d\n` })).toEqual(['a/id.yaml:6']);
  });
});
