import { spireChart } from './charts';
import { trustDomainName } from './values';
import { Lookup, Template, TemplateError, parseTemplate, pathsOf, render } from '../../formats/go-template';
import { Selecting } from '../kubernetes/labelled';
import { isEmptySelector, selects, wantedLabels } from '../kubernetes/selector';
import { Workload } from '../kubernetes/workload';
import { Manifest, Path, asObject, asText, asTexts } from '../manifest';
import { podLabels } from '../mesh/injection';
import { once, onceIn } from '../once';
import { System } from '../system';

/** A template of a ClusterSPIFFEID and where it stands. */
export interface TemplateField {
  readonly path: Path;
  readonly text: string;
  readonly template?: Template;
  readonly error?: string;
}

export const clusterSpiffeIds = once((system: System): readonly Manifest[] =>
  system.all('ClusterSPIFFEID').filter(manifest => manifest.group === 'spire.spiffe.io'));

export function federatedTrustDomains(system: System): Manifest[] {
  return system.all('ClusterFederatedTrustDomain').filter(manifest => manifest.group === 'spire.spiffe.io');
}

export function staticEntries(system: System): Manifest[] {
  return system.all('ClusterStaticEntry').filter(manifest => manifest.group === 'spire.spiffe.io');
}

/** The templates of a ClusterSPIFFEID, parsed. */
export const templatesOf = once((id: Manifest): TemplateField[] => {
  const texts: [Path, unknown][] = [[['spec', 'spiffeIDTemplate'], id.spec.spiffeIDTemplate]];
  for (const field of ['dnsNameTemplates', 'workloadSelectorTemplates']) {
    asTexts(id.spec[field]).forEach((text, i) => texts.push([['spec', field, i], text]));
  }
  return texts.filter(([, text]) => typeof text === 'string').map(([path, text]) => parseField(path, text as string));
});

function parseField(path: Path, text: string): TemplateField {
  return { path, text, ...parsed(text) };
}

// most identities of a platform have the same few templates
const PARSED = new Map<string, Pick<TemplateField, 'template' | 'error'>>();
const MOST_PARSED = 1000;

function parsed(text: string): Pick<TemplateField, 'template' | 'error'> {
  const known = PARSED.get(text);
  if (known) return known;
  if (PARSED.size >= MOST_PARSED) PARSED.clear();
  const result = parse(text);
  PARSED.set(text, result);
  return result;
}

function parse(text: string): Pick<TemplateField, 'template' | 'error'> {
  try {
    return { template: parseTemplate(text) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { error: error.message };
  }
}

/** The namespaces the controller managers leave alone; regular expressions that need not match the whole name. */
const ignoredNamespaces = once((system: System): RegExp[] => {
  const patterns = spireChart(system)?.ignoredNamespaces ?? system.managers.flatMap(manager => asTexts(manager.value.ignoreNamespaces));
  return [...new Set(patterns.length > 0 ? patterns : ['kube-system', 'kube-public', 'spire-system'])].flatMap(pattern => {
    try {
      return [new RegExp(pattern)];
    } catch {
      return [];
    }
  });
});

/** Whether no controller manager makes entries for the pods of a namespace. */
export function isIgnored(system: System, namespace: string): boolean {
  return ignoredNamespaces(system).some(pattern => pattern.test(namespace));
}

/** Whether a ClusterSPIFFEID makes an entry for the pods of a workload. */
export function selectsWorkload(system: System, id: Manifest, workload: Workload): boolean {
  return selectsPods(system, id, workload.namespace, podLabels(system, workload));
}

function selectsPods(system: System, id: Manifest, namespace: string, labels: Record<string, string>): boolean {
  return !isIgnored(system, namespace)
    && (isEmptySelector(id.spec.namespaceSelector) || system.selectsNamespace(id.spec.namespaceSelector, namespace))
    && selects(id.spec.podSelector, labels);
}

// no label is called so
const IN_NAMESPACE = '\0namespace';

/** The ClusterSPIFFEIDs, to be found by the labels of pods and the namespace. */
const idsByLabels = once((system: System): Selecting<Manifest> => new Selecting(clusterSpiffeIds(system), ({ spec }) => {
  const namespace = wantedLabels(spec.namespaceSelector)['kubernetes.io/metadata.name'];
  const labels = wantedLabels(spec.podSelector);
  return namespace === undefined ? labels : { ...labels, [IN_NAMESPACE]: namespace };
}, (id, labels) => selectsPods(system, id, labels[IN_NAMESPACE], labels)));

/** The selectors of a ClusterSPIFFEID as a text, which is the same for those that are written alike. */
export function selectorsOf({ spec }: Manifest): string {
  return [spec.podSelector, spec.namespaceSelector].map(selector => (isEmptySelector(selector) ? '' : JSON.stringify(selector))).join('\n');
}

/** The ClusterSPIFFEIDs that make an entry for the pods of a workload, in the order of the input; the same list for the same labels in one namespace. */
export const idsSelecting = onceIn((system: System, workload: Workload): readonly Manifest[] =>
  idsByLabels(system).of({ ...podLabels(system, workload), [IN_NAMESPACE]: workload.namespace }));

/** The SPIFFE ID a ClusterSPIFFEID gives to a workload, with another trust domain where none is to be seen; undefined where it cannot be told. */
export function renderedId(system: System, id: Manifest, workload: Workload, otherwise?: string): string | undefined {
  const template = templatesOf(id)[0]?.template;
  return template && render(template, lookup(system, workload, otherwise));
}

/** The same, with names in angle brackets for what is different in each pod, and for a trust domain that is not to be seen. */
export function podsId(system: System, id: Manifest, workload: Workload): string | undefined {
  const template = templatesOf(id)[0]?.template;
  const known = lookup(system, workload, '<trust domain>');
  return template && render(template, names => known(names) ?? (/^(PodMeta\.(Name|UID)|PodSpec\.NodeName|NodeMeta\.(Name|UID))$/.test(names.join('.')) ? `<${names.join('.')}>` : undefined));
}

const SAMPLE: Record<string, string> = {
  'TrustDomain': 'example.org',
  'ClusterName': 'cluster',
  'ClusterDomain': 'cluster.local',
  'PodMeta.Name': 'pod',
  'PodMeta.Namespace': 'ns',
  'PodMeta.UID': 'uid',
  'PodSpec.ServiceAccountName': 'sa',
  'PodSpec.NodeName': 'node',
  'NodeMeta.Name': 'node',
  'NodeMeta.UID': 'uid',
};

/** A rendering with made-up values, to look at the form of an ID. */
export function sampleOf(template: Template): string | undefined {
  return render(template, names => SAMPLE[names.join('.')] ?? (names.length > 2 ? 'label' : undefined));
}

function lookup(system: System, workload: Workload, trustDomain?: string): Lookup {
  return names => {
    const path = names.join('.');
    if (path === 'TrustDomain') return trustDomains(system)[0] ?? trustDomain;
    if (path === 'PodMeta.Namespace') return workload.namespace;
    if (path === 'PodSpec.ServiceAccountName') return workload.serviceAccount;
    if (names[0] === 'PodMeta' && names[1] === 'Labels') return podLabels(system, workload)[names.slice(2).join('.')];
    return undefined;
  };
}

/** The trust domains of the SPIRE servers, of the managers where no server is to be seen, or of what makes them: Helm values, OpenShift's operator. */
export const trustDomains = once((system: System): string[] => {
  const servers = system.servers.map(server => server.config?.server.text('trust_domain') ?? '');
  const managers = system.managers.map(manager => asText(manager.value.trustDomain));
  const declared = [...system.spireValues.map(({ value }) => asText(asObject(asObject(value.global).spire).trustDomain)),
    spireChart(system)?.trustDomain ?? '', ...system.all(OPENSHIFT_MANAGER).map(({ spec }) => asText(spec.trustDomain))].filter(name => !/[${]/.test(name));
  const known = [servers, managers, declared].find(names => names.some(name => name !== '')) ?? [];
  const own = known.filter(name => name !== '' && !name.includes('\uE000')).map(trustDomainName);
  return [...new Set(own)];
});

/** The label keys a ClusterSPIFFEID's podSelector guarantees. */
export function guaranteedLabels(id: Manifest): Set<string> {
  const selector = id.spec.podSelector ?? {};
  const keys = Object.keys(selector.matchLabels ?? {});
  for (const expression of Array.isArray(selector.matchExpressions) ? selector.matchExpressions : []) {
    if (expression?.operator === 'In' || expression?.operator === 'Exists') keys.push(asText(expression.key));
  }
  return new Set(keys);
}

const OPENSHIFT_MANAGER = 'ZeroTrustWorkloadIdentityManager';

/** The label keys a template reads, by field or by index. */
export function labelsRead(field: TemplateField): { key: string; indexed: boolean }[] {
  if (!field.text.includes('.Labels')) return [];
  const byField = field.template ? pathsOf(field.template).filter(names => names[0] === 'PodMeta' && names[1] === 'Labels' && names.length > 2) : [];
  const byIndex = [...field.text.matchAll(/index\s+\.PodMeta\.Labels\s+["`]([^"`]+)["`]/g)];
  return [...byField.map(names => ({ key: names.slice(2).join('.'), indexed: false })), ...byIndex.map(match => ({ key: match[1], indexed: true }))];
}
