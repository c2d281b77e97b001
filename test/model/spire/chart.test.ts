import { SpireChart } from '../../../src/model/spire/chart';
import { spireChart } from '../../../src/model/spire/charts';
import { systemOf } from '../system-of';

const GLOBAL = 'global: {spire: {trustDomain: example.org}}';

function chart(values = ''): SpireChart {
  return spireChart(systemOf(`${GLOBAL}\n${values}\n`))!;
}

function release(kind: string, spec: string): string {
  return `apiVersion: ${kind === 'HelmRelease' ? 'helm.toolkit.fluxcd.io/v2' : 'argoproj.io/v1alpha1'}\nkind: ${kind}\nmetadata: {name: spire, namespace: a}\nspec: ${spec}\n`;
}

const FLUX = (rest: string, name = 'spire'): string => release('HelmRelease', `{chart: {spec: {chart: ${name}}}, ${rest}}`);
const ARGO = (helm: string): string => release('Application', `{destination: {namespace: b}, source: {chart: spire, helm: {${helm}}}}`);
const VALUES = `{${GLOBAL}}`;

test('values that say nothing have the facts of the chart', () => {
  const { trustDomain, sockets, driver, givesAllBundles, servesBundle, manager, ignoredNamespaces, identities, partners } = chart();
  expect({ trustDomain, sockets, driver, givesAllBundles, servesBundle, manager, identities, partners }).toEqual({
    trustDomain: 'example.org',
    sockets: ['spire-agent.sock', 'socket', 'api.sock'],
    driver: 'csi.spiffe.io',
    givesAllBundles: false,
    servesBundle: false,
    manager: { className: undefined, watchClassless: false },
    identities: [{}],
    partners: [],
  });
  expect(ignoredNamespaces).toContain('openshift-.*');
});

test('values that say something have facts of their own', () => {
  expect(chart('spire-agent: {socketPath: /a/b.sock, socketAlternate: {names: [c]}}').sockets).toEqual(['b.sock', 'c']);
  expect(chart('spiffe-csi-driver: {pluginName: a.csi.spiffe.io}').driver).toBe('a.csi.spiffe.io');
  expect(chart('spire-agent: {sds: {enabled: true, defaultBundleName: "null", defaultAllBundlesName: ROOTCA}}').givesAllBundles).toBe(true);
  expect(chart('spire-agent: {sds: {defaultBundleName: "null", defaultAllBundlesName: ROOTCA}}').givesAllBundles).toBe(false);
  expect(chart('spire-server: {controllerManager: {className: a, watchClassless: true, ignoreNamespaces: [b]}}').manager).toEqual({ className: 'a', watchClassless: true });
  expect(chart('spire-server: {controllerManager: {ignoreNamespaces: [b]}}').ignoredNamespaces).toEqual(['b']);
});

test.each([
  ['an agent of another release', 'spire-agent: {enabled: false}', 'sockets'],
  ['further agents', 'spire-agent: {agents: {gpu: {}}}', 'sockets'],
  ['a socket that is filled in', 'spire-agent: {socketPath: "/a/${SOCKET}"}', 'sockets'],
  ['no driver', 'spiffe-csi-driver: {enabled: false}', 'driver'],
  ['a driver that is filled in', 'spiffe-csi-driver: {pluginName: "${DRIVER}"}', 'driver'],
  ['agents that are filled in', 'spire-agent: {sds: {enabled: "${SDS}"}}', 'givesAllBundles'],
  ['a server of another release', 'spire-server: {enabled: false}', 'servesBundle'],
  ['no manager', 'spire-server: {controllerManager: {enabled: false}}', 'manager'],
  ['managers of other clusters', 'spire-server: {externalControllerManagers: {clusters: {b: {}}}}', 'manager'],
  ['static entries', 'spire-server: {controllerManager: {identities: {clusterStaticEntries: {a: {}}}}}', 'identities'],
] as [string, string, keyof SpireChart][])('with %s a fact cannot be told', (_, values, fact) => {
  expect(chart(values)[fact]).toBeUndefined();
});

test.each([
  ['Flux', FLUX(`values: ${VALUES}`), 'a-spire'],
  ['Argo CD', ARGO(`valuesObject: ${VALUES}`), 'b-spire'],
  ['a text of Argo CD', ARGO(`values: '${VALUES}'`), 'b-spire'],
  ['an override', FLUX(`values: {${GLOBAL}, spire-server: {crNameOverride: own}}`), 'a-own'],
])('a release of %s gives the class', (_, text, className) => {
  expect(spireChart(systemOf(text))?.manager?.className).toBe(className);
});

test.each([
  ['two files', `${GLOBAL}\n---\nspire-agent: {logLevel: debug}\n`],
  ['a file without a trust domain', 'spire-agent: {logLevel: debug}\n'],
  ['values from elsewhere', FLUX(`valuesFrom: [{kind: ConfigMap, name: a}], values: ${VALUES}`)],
  ['a release without SPIRE\'s globals', FLUX('values: {spire-agent: {logLevel: debug}}')],
  ['a release of another chart', FLUX(`values: ${VALUES}`, 'spire-nested')],
  ['files of values', ARGO(`valueFiles: [a.yaml], valuesObject: ${VALUES}`)],
  ['a release that Flux patches', `${FLUX(`values: ${VALUES}`)}---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {patches: [{patch: a}]}\n`],
  ['parameters', ARGO(`parameters: [{name: a, value: b}], valuesObject: ${VALUES}`)],
  ['a file beside a release', `${GLOBAL}\n---\n${FLUX('interval: 1m')}`],
  ['nested SPIRE', `${GLOBAL}\nroot-spire-server: {}\nspire-agent: {}\n`],
  ['nested SPIRE by tags', `${GLOBAL}\ntags: {nestedRoot: true}\n`],
  ['another chart with the same globals', `${GLOBAL}\nimage: {tag: a}\n`],
  ['what the chart rendered', `${GLOBAL}\n---\napiVersion: spire.spiffe.io/v1alpha1\nkind: ControllerManagerConfig\nmetadata: {name: a}\n`],
])('%s tell nothing', (_, text) => {
  expect(spireChart(systemOf(text))).toBeUndefined();
});
