import { Json, Manifest, asObject } from '../../../model/manifest';
import { clusterSpiffeIds, federatedTrustDomains, staticEntries } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const spireIdType: Rule = {
  id: 'SPIRE-ID-TYPE',
  level: Level.ERROR,
  title: 'a SPIRE object has a value of the wrong type',
  why: 'the API server refuses it',
  fix: 'write booleans without quotes, texts and lists as the CRD has them, and the name in lower case',
  source: 'observed: kube-apiserver 1.37 with the CRDs of spire-controller-manager',
  check: (system, report) => {
    for (const object of KINDS.flatMap(kind => system.all(kind))) {
      if (object.apiVersion !== API_VERSION && !object.apiVersion.includes('$')) report.at(object, ['apiVersion'], `there is no ${object.kind} in ${object.apiVersion || '""'}`, `write apiVersion: ${API_VERSION}`);
    }
    for (const object of system.manifests.filter(({ group }) => group === 'spire.spiffe.io')) {
      const meant = KINDS.includes(object.kind) ? undefined : KINDS.find(kind => isSlip(object.kind, kind));
      if (meant !== undefined) report.at(object, ['kind'], `there is no kind ${object.kind}`, `write kind: ${meant}`);
    }
    for (const object of [...clusterSpiffeIds(system), ...federatedTrustDomains(system), ...staticEntries(system)]) {
      if (/[A-Z_]/.test(object.name) && !object.name.includes('$')) report.at(object, ['metadata', 'name'], `the name "${object.name}" has other characters than lower case letters, digits, dots and dashes`);
      for (const [type, names] of Object.entries(TYPES)) names.forEach(name => tellField(object, name, type, report));
      for (const selector of ['podSelector', 'namespaceSelector']) tellSelector(object, selector, report);
    }
  },
};

const API_VERSION = 'spire.spiffe.io/v1alpha1';
const KINDS = ['ClusterSPIFFEID', 'ClusterFederatedTrustDomain', 'ClusterStaticEntry'];

function tellField(object: Manifest, name: string, type: string, report: Report): void {
  const value = object.spec[name];
  if (value === undefined || value === null) return;
  if (!isOf(type, value)) report.at(object, ['spec', name], `${name} is ${shown(value)}, no ${type}`);
  else if (Array.isArray(value)) tellItems(object, name, value, report);
}

function tellSelector(object: Manifest, selector: string, report: Report): void {
  const given = object.spec[selector];
  if (!isMapping(given)) report.at(object, ['spec', selector], `${selector} is ${shown(given)}, no object with matchLabels or matchExpressions`);
  const labels = asObject(given).matchLabels;
  if (!isMapping(labels)) report.at(object, ['spec', selector, 'matchLabels'], 'matchLabels is no mapping of labels to values');
  else for (const [key, value] of Object.entries(labels ?? {})) tellLabel(object, selector, key, value, report);
}

/** What is not there is none of another type. */
function isMapping(value: Json): boolean {
  return value === undefined || value === null || typeof value === 'object' && !Array.isArray(value);
}

function tellItems(object: Manifest, name: string, items: readonly unknown[], report: Report): void {
  items.forEach((item, i) => {
    if (typeof item !== 'string') report.at(object, ['spec', name, i], `${name} has ${shown(item)}, no text`, 'write the value in quotes');
  });
}

function tellLabel(object: Manifest, selector: string, key: string, value: unknown, report: Report): void {
  if (typeof value !== 'string') report.at(object, ['spec', selector, 'matchLabels', key], `label ${key} is ${shown(value)}, no text`, 'write the value in quotes');
}

const TYPES: Record<string, string[]> = {
  boolean: ['admin', 'downstream', 'fallback', 'autoPopulateDNSNames', 'storeSVID'],
  text: ['spiffeIDTemplate', 'className', 'hint', 'trustDomain', 'bundleEndpointURL', 'trustDomainBundle', 'spiffeID', 'parentID'],
  list: ['dnsNameTemplates', 'workloadSelectorTemplates', 'federatesWith', 'selectors', 'dnsNames'],
};

function isOf(type: string, value: unknown): boolean {
  return type === 'list' ? Array.isArray(value) : typeof value === (type === 'text' ? 'string' : type);
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 40);
}
