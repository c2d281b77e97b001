import { SpireChart } from './chart';
import { trustDomainName } from './values';
import { PARTS } from '../chart-parts';
import { holderOf } from '../held-chart';
import { releasesOf } from '../helm-releases';
import { Json, Manifest, asObject, asObjects, asText, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/**
 * The SPIRE that Helm values of the chart `spire` give.
 *
 * Undefined where the values may not be all: several files, other sources of values beside them, no trust domain in them; and where what a chart rendered is to be seen.
 */
export const spireChart = once((system: System): SpireChart | undefined => {
  const [values, ...more] = system.spireValues;
  const isRendered = [system.servers, system.agents, system.oidcProviders, system.managers].some(programs => programs.length > 0);
  if (!values || more.length > 0 || isRendered || !isWhole(values) || !isOfChart(values)) return undefined;
  const holder = holderOf(values);
  const [release, ...others] = releasesOf(system);
  if (others.length > 0 || (release && release.manifest !== holder) || (holder && mayBePatched(system))) return undefined;
  if (!release) return asText(spireOf(values).trustDomain) === '' ? undefined : new SpireChart(values, undefined);
  const own = asText(asObject(asObject(values.value)['spire-server']).crNameOverride) || release.name;
  const isNamed = release.name !== '' && release.namespace !== '';
  return Object.keys(spireOf(values)).length === 0 ? undefined : new SpireChart(values, isNamed ? `${release.namespace}-${own}` : undefined);
});

/** The identities in Helm values, whole or not. */
export function identitiesInValues(system: System): Json[] {
  return system.spireValues.flatMap(({ value }) => Object.values(asObject(value)).flatMap(part =>
    Object.values(asObject(asObject(asObject(asObject(part).controllerManager).identities).clusterSPIFFEIDs)).map(asObject)));
}

/** The trust domains that identities in Helm values, whole or not, federate with. */
export function partnersInValues(system: System): string[] {
  return identitiesInValues(system).flatMap(({ federatesWith }) => asTexts(federatesWith)).map(trustDomainName);
}

/** The trust domains that Helm values, whole or not, define a federation with. */
export function partnersDefinedInValues(system: System): string[] {
  const parts = system.spireValues.flatMap(({ value }) => Object.values(asObject(value)).map(asObject));
  return parts.map(({ controllerManager }) => asObject(asObject(controllerManager).identities))
    .flatMap(({ clusterFederatedTrustDomains }) => Object.values(asObject(clusterFederatedTrustDomains)))
    .map(partner => asText(asObject(partner).trustDomain));
}

/** The names that Helm values, whole or not, give to secrets of agents. */
export function secretNamesInValues(system: System): string[] {
  return system.spireValues.flatMap(({ value }) => Object.values(asObject(value)).flatMap(part => {
    const { defaultSVIDName, defaultBundleName, defaultAllBundlesName } = asObject(asObject(part).sds);
    return asTexts([defaultSVIDName, defaultBundleName, defaultAllBundlesName]);
  }));
}

function spireOf(values: Manifest): Json {
  return asObject(asObject(asObject(values.value).global).spire);
}

/** Whether no other source of values stands beside them. */
function isWhole(values: Manifest): boolean {
  const holder = holderOf(values);
  if (!holder) return true;
  if (holder.kind === 'ApplicationSet') return false;
  const { spec, value } = holder;
  const helms = [spec.source, ...asObjects(spec.sources)].map(source => asObject(asObject(source).helm));
  const beside = [spec.valuesFrom, spec.set, spec.postRenderers,
    ...asObjects(value.helmCharts).flatMap(({ valuesFile, additionalValuesFiles }) => [valuesFile, additionalValuesFiles]),
    ...helms.flatMap(helm => [helm.valueFiles, helm.fileParameters])];
  return beside.every(one => Object.keys(Object(one ?? {})).length === 0);
}

/** Whether Flux changes objects before it applies them. */
function mayBePatched(system: System): boolean {
  return system.all('Kustomization').some(({ group, spec }) => group === 'kustomize.toolkit.fluxcd.io' && asObjects(spec.patches).length > 0);
}

/** Whether values can be those of the chart spire: those of spire-nested have tags and parts of other names. */
function isOfChart(values: Manifest): boolean {
  const keys = Object.keys(asObject(values.value));
  const isNested = keys.some(key => key === 'tags' || /-spi(re|ffe)-/.test(key)) || asObject(asObject(values.value).upstream).enabled === true;
  const { spec, value } = holderOf(values) ?? { spec: {}, value: {} };
  const sources = [spec.source, ...asObjects(spec.sources)].map(source => asObject(source).chart);
  const charts = [asObject(asObject(spec.chart).spec).chart, spec.chart, ...sources, ...asObjects(value.helmCharts).map(({ name }) => name)]
    .filter(name => typeof name === 'string');
  return !isNested && (charts.length === 0 || charts.includes('spire')) && (PARTS.some(part => keys.includes(part)) || keys.every(key => key === 'global'));
}
