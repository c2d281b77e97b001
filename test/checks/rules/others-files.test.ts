import { findingsOf, found, rulesIn } from '../cases';

const POD = (name: string, spec: string, labels = '{}'): string => `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ${name}, namespace: spire}
spec:
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}}
    spec: ${spec}
---
`;

test('a Service may be for pods that another installation brings', () => {
  const text = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: adapter, namespace: monitoring}
spec: {selector: {matchLabels: {app: adapter}}, template: {metadata: {labels: {app: adapter}}, spec: {containers: [{name: a, image: "a:1"}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: monitoring}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
`;
  expect(found('OPS-SELECTS-NOTHING', text('gpu-exporter'))).toEqual([]);
  expect(found('OPS-SELECTS-NOTHING', text('adapter-v1'))).toHaveLength(1);
});

test('the templates of a chart are told of once, and are no errors', () => {
  const input = { 'chart/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'chart/templates/a.yaml': '{{ if .Values.a }}\na: b\n{{ end }}\n', 'chart/templates/b.yaml': '{{ toYaml . }}\n' };
  expect(findingsOf('INPUT-UNREADABLE', input)).toEqual([expect.objectContaining({ level: 'info', file: 'chart/Chart.yaml' })]);
  expect(findingsOf('INPUT-UNREADABLE', { 'a.yaml': input['chart/templates/a.yaml'] })).toEqual([expect.objectContaining({ level: 'error' })]);
});

test('a patch may be named in a list of files', () => {
  const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: "a:1"}]}}}\n';
  expect(rulesIn({ 'a/kustomization.yaml': 'resources: [all.yaml]\npatches: [patch.yaml]\n', 'a/patch.yaml': patch })).toEqual([]);
});

test('a pod may label itself, as the leader of a cluster of databases does', () => {
  const text = (selector: string): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: vault, namespace: vault}
spec: {selector: {matchLabels: {app: vault}}, template: {metadata: {labels: {app: vault}}, spec: {containers: [{name: a, image: "a:1"}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: vault-active, namespace: vault}
spec: {selector: ${selector}, ports: [{port: 80}]}
`;
  expect(found('OPS-SELECTS-NOTHING', text('{app: vault, vault-active: "true"}'))).toEqual([]);
  expect(found('OPS-SELECTS-NOTHING', text('{app: vaults, vault-active: "true"}'))).toHaveLength(1);
  expect(found('OPS-SELECTS-NOTHING', text('{name: vault}'))).toHaveLength(1);
});

test('a configuration of another operator may have the kind of that of the controller manager', () => {
  const config = (apiVersion: string, more = ''): string => `apiVersion: ${apiVersion}\nkind: ControllerManagerConfig\nmetrics: {bindAddress: "127.0.0.1:8080"}\n${more}`;
  expect(found(/^SPIRE-MANAGER-/, config('controller-runtime.sigs.k8s.io/v1alpha1'))).toEqual([]);
  expect(found('SPIRE-MANAGER-VALUE', config('controller-runtime.sigs.k8s.io/v1alpha1', 'trustDomain: one.org\n'))).not.toEqual([]);
  expect(found('SPIRE-MANAGER-VALUE', config('spire.spiffe.io/v1alpha1'))).not.toEqual([]);
});

test('a program in Go is no policy of OPA', () => {
  const map = (text: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\ndata:\n  main.go: |\n${text.replace(/^/gm, '    ')}\n`;
  expect(found('OPA-REGO-V0', map('package main\n\nfunc main() {\n}'))).toEqual([]);
  expect(found('OPA-REGO-V0', map('package main\n\nallow {\n  input.a\n}'))).toHaveLength(1);
});

describe('kustomize', () => {
  const deployment = (name: string, labels = ''): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: a}\nspec: {template: {metadata: {labels: {${labels}}}, spec: {containers: [{name: a, image: "a:1"}]}}}\n`;
  const policy = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: a}\nspec: {selector: {matchLabels: {app: web}}, rules: [{}]}\n';
  const told = (kustomization: string): string[] => found(/^(OPS-SELECTOR|MESH-AUTHZ-SELECTS-NOTHING)$/,
    { 'a/kustomization.yaml': `resources: [web.yaml, policy.yaml]\n${kustomization}`, 'a/web.yaml': deployment('web'), 'a/policy.yaml': policy });

  test.each(['commonLabels: {app: web}', 'labels: [{pairs: {app: web}, includeSelectors: true}]'])('gives labels to pods and to what selects them: %s', text => {
    expect(told(text)).toEqual([]);
  });

  test('fails where labels are for objects only', () => {
    expect(told('labels: [{pairs: {app: web}}]')).toEqual([expect.stringContaining('none of the 1 workloads'), 'there is no spec.selector']);
  });

  test('gives labels to the pods of jobs, and to Services', () => {
    const job = 'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: job, namespace: a}\n'
      + 'spec: {schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: "a:1"}]}}}}}\n';
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: job, namespace: a}\nspec: {selector: {job: a}, ports: [{port: 80}]}\n';
    const files = (labels: string) => ({ 'a/kustomization.yaml': `resources: [job.yaml, service.yaml]\ncommonLabels: {${labels}}\n`, 'a/job.yaml': job, 'a/service.yaml': service });
    expect(found('OPS-SELECTS-NOTHING', files('job: a'))).toEqual([]);
    expect(found('OPS-SELECTS-NOTHING', files(''))).toHaveLength(1);
  });

  test('may give the namespace of a service account from a folder that is not here', () => {
    const binding = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\nroleRef: {kind: ClusterRole, name: a}\nsubjects: [{kind: ServiceAccount, name: a}]\n';
    expect(found('OPS-ROLE-BINDING', { 'a/kustomization.yaml': 'resources: [binding.yaml]\n', 'a/binding.yaml': binding })).toEqual([]);
    expect(found('OPS-ROLE-BINDING', binding)).toHaveLength(1);
  });

  test('replaces a list where its patch says so', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: a}\nspec: {ports: [{port: 80}]}\n';
    const patches = 'patches: [{patch: "apiVersion: v1\\nkind: Service\\nmetadata: {name: a}\\nspec: {ports: [{$patch: replace}, {port: 81}]}"}]\n';
    expect(found('OPS-DUPLICATE-NAME', { 'a/kustomization.yaml': `resources: [a.yaml]\n${patches}`, 'a/a.yaml': service })).toEqual([]);
  });
});

test('the templates of a chart are not judged, whether they can be read or not', () => {
  const chart = { 'c/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' };
  const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{name: "${name}", port: 80}, {name: "${name}", port: 81}]}\n`;
  expect(found('OPS-DUPLICATE-NAME', { ...chart, 'c/templates/a.yaml': service('{{ .Values.name }}') })).toEqual([]);
  expect(found('OPS-DUPLICATE-NAME', { ...chart, 'c/templates/a.yaml': service('web') })).toHaveLength(1);
  expect(findingsOf('INPUT-UNREADABLE', { ...chart, 'c/files/a.yaml': '{{ if .Values.a }}\na: b\n{{ end }}\n' })).toEqual([expect.objectContaining({ level: 'info' })]);
});

test('hidden files are those of other programs', () => {
  expect(found('INPUT-UNREADABLE', { '.github/workflows/build.yaml': 'a: [{\n  b: c\n}\n' })).toEqual([]);
  expect(found('INPUT-UNREADABLE', { 'a/../github/build.yaml': 'a: [{\n  b: c\n}\n' })).toHaveLength(1);
});

test('one DaemonSet in two files takes its ports once', () => {
  const agent = (name: string, more = ''): string => POD(name, `{hostNetwork: true, ${more}containers: [{name: a, image: "a:1", ports: [{containerPort: 9982}]}]}`);
  expect(found('OPS-HOST-PORT', agent('agent') + agent('agent'))).toEqual([]);
  expect(found('OPS-HOST-PORT', agent('agent') + agent('other', 'affinity: {nodeAffinity: {}}, '))).toEqual([]);
  expect(found('OPS-HOST-PORT', agent('agent') + agent('other'))).toHaveLength(1);
});

test('JSON with agents further down is none of SPIRE', () => {
  expect(found(/^SPIRE-/, { 'report.json': '{"summary": {"agent": {"type": "file"}}, "text": "a trust_domain"}' })).toEqual([]);
  expect(found('SPIRE-REQUIRED-KEY', { 'report.json': '{"agent": {"trust_domain": "one.org"}}' })).not.toEqual([]);
});

test('a server may be another program, which has providers for plugins', () => {
  const conf = (name: string): string => `server {\n  listen_port = "8085"\n}\n${name} {\n  KeyManager "memory" {}\n}\n`;
  expect(found(/^SPIRE-/, { 'server.conf': conf('providers') })).toEqual([]);
  expect(found(/^SPIRE-/, { 'server.conf': conf('plugins') })).not.toEqual([]);
});

test('a container beside Prometheus or Loki takes the rules that have a label for it', () => {
  const rules = (labels: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: rules, namespace: loki, labels: {${labels}}}
data:
  rules.yaml: |
    groups: [{name: a, rules: [{alert: A, expr: vector(1)}]}]
`;
  expect(found('OBS-RULES-CONFIG-MAP', rules('loki_rule: "1"'))).toEqual([]);
  expect(found('OBS-RULES-CONFIG-MAP', rules('app: loki'))).toHaveLength(1);
});
