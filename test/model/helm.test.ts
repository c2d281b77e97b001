import { check, findingsOf } from '../checks/cases';

const FLUX = (values: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: istiod, namespace: istio-system}\nspec:\n  values:\n    ${values}\n`;
const ARGO = (helm: string): string => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: argocd}\nspec:\n  source:\n    helm:\n      ${helm}\n`;
const WRONG = '{meshConfig: {trustDomain: my_mesh.org}}';
const RIGHT = '{meshConfig: {trustDomain: mesh.org}}';

const PLACES: [string, (values: string) => string][] = [
  ['Flux', FLUX],
  ['an object of Argo CD', values => ARGO(`valuesObject: ${values}`)],
  ['a text of Argo CD', values => ARGO(`values: '${values}'`)],
  ['several sources of Argo CD', values => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {sources: [{ref: b}, {helm: {valuesObject: ${values}}}]}\n`],
  ['an ApplicationSet', values => `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: a}\nspec: {template: {spec: {source: {helm: {valuesObject: ${values}}}}}}\n`],
  ['k3s', values => `apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: a}\nspec:\n  valuesContent: |\n    ${values}\n`],
  ['kustomize', values => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nhelmCharts: [{name: istiod, valuesInline: ${values}}]\n`],
  ['an umbrella chart', values => `istiod: ${values}\n`],
];

test.each(PLACES)('fails for Helm values in %s', (_, place) => {
  const [finding, ...more] = check(place(WRONG)).filter(({ level }) => level !== 'info');
  expect(more).toEqual([]);
  expect(finding.rule).toBe('MESH-TRUST-DOMAIN');
  expect(place(WRONG).split('\n')[finding.line - 1]).toContain('my_mesh.org');
});

test.each(PLACES)('right Helm values in %s', (_, place) => {
  expect(check(place(RIGHT)).filter(({ level }) => level !== 'info')).toEqual([]);
});

test('fails for a wrong SPIRE in a release of Flux, told at the release', () => {
  const [finding] = check(FLUX('{global: {spire: {trustDomain: "Bad_Domain!"}}}'));
  expect(finding).toMatchObject({ rule: 'HELM-VALUE', object: { kind: 'HelmRelease', name: 'istiod' } });
});

test('fails for a template in the rendered configuration of the injector; Istio\'s own are left alone', () => {
  const template = (name: string): string => `      ${name}: |\n        spec:\n          containers:\n          - name: istio-proxy\n`;
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio-sidecar-injector, namespace: istio-system}\ndata:\n  config: |-\n    templates:\n${template('sidecar')}${template('spire')}`;
  const findings = findingsOf('MESH-TEMPLATE-CONTAINER', text);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ line: 14, object: { name: 'istio-sidecar-injector' } });
});

test('fails for what is global in an umbrella chart and wrong for the charts below it', () => {
  const umbrella = 'global: {spire: {trustDomain: "Bad_Domain!"}}\nspire:\n  spire-server: {replicaCount: 1}\n';
  expect(check({ 'values.yaml': umbrella })).toContainEqual(expect.objectContaining({ rule: 'HELM-VALUE', message: expect.stringContaining('Bad_Domain!') }));
});
