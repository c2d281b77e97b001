import { isFilledIn } from '../filled-in';
import { Json, Manifest, asObject, asObjects, asText, asTexts } from '../manifest';
import { once } from '../once';
import type { System } from '../system';

/** Groups whose objects make no pods, or only those that the input shows. */
const SETTINGS = new Set(['', 'apps', 'batch', 'policy', 'autoscaling', 'rbac.authorization.k8s.io', 'networking.k8s.io', 'storage.k8s.io', 'scheduling.k8s.io',
  'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'coordination.k8s.io', 'node.k8s.io', 'networking.istio.io', 'security.istio.io',
  'telemetry.istio.io', 'extensions.istio.io', 'spire.spiffe.io', 'cert-manager.io', 'cilium.io', 'external-secrets.io', 'policy.linkerd.io', 'kustomize.config.k8s.io',
  'kyverno.io', 'policies.kyverno.io', 'templates.gatekeeper.sh', 'constraints.gatekeeper.sh', 'config.gatekeeper.sh', 'velero.io', 'snapshot.storage.k8s.io']);

/** Kinds of other groups that make no pods either. */
const KINDS = new Set(['PodMonitor', 'ServiceMonitor', 'PrometheusRule', 'GrafanaDashboard', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'ReferenceGrant', 'AppProject']);

const ALL = '*';

/** Whether pods of a namespace may be made by something that the input does not show: a chart, an operator, another folder. */
export function mayHaveOtherPods(system: System, namespace: string): boolean {
  if (OF_CLUSTER.test(namespace)) return true;
  const makers = makersOf(system);
  // what names no namespace goes where it is applied to
  if (makers.has(ALL) || makers.has('') || namespace === '' && makers.size > 0) return true;
  return makers.has(namespace) || SPIRE.test(namespace) && makers.has(SPIRE_VALUES);
}

/** The namespaces whose pods come with the cluster, such as DNS and the control plane. */
const OF_CLUSTER = /^(kube-|openshift-)/;

const SPIRE = /spire|spiffe/;
const SPIRE_VALUES = 'values of SPIRE';

/** The namespaces in which something makes pods that are not seen. */
const makersOf = once((system: System): Set<string> => {
  const found = new Set(system.manifests.flatMap(madeIn));
  if (system.meshes.some(({ form }) => form !== 'ConfigMap')) found.add('istio-system');
  if (system.spireValues.length > 0) found.add(SPIRE_VALUES);
  return found;
});

function madeIn(manifest: Manifest): string[] {
  const { kind, group, namespace, value, spec } = manifest;
  if (group === 'kustomize.config.k8s.io' || kind === '') return isWhole(value) ? [] : [ALL];
  if (kind === 'IstioOperator') return [namespace, ...gatewaysOf(spec)];
  // objects of the Sail operator are of no namespace, and say into which they install
  if (group === 'sailoperator.io') return [asText(spec.namespace)].filter(name => name !== '');
  if (['HelmRelease', 'HelmChart', 'Application', 'ApplicationSet', 'Kustomization'].includes(kind)) return [namespace, ...targetsOf(spec)];
  return SETTINGS.has(group) || KINDS.has(kind) ? [] : [namespace];
}

/** Where Flux, Argo CD and K3s put what they install. */
function targetsOf(spec: Json): string[] {
  const destination = asObject(asObject(asObject(asObject(spec.template).spec).destination));
  return [spec.targetNamespace, asObject(spec.destination).namespace, destination.namespace].map(asText).filter(name => name !== '')
    .map(name => isFilledIn(name) ? ALL : name);
}

function gatewaysOf(spec: Json): string[] {
  const components = asObject(spec.components);
  return [...asObjects(components.ingressGateways), ...asObjects(components.egressGateways)].map(gateway => asText(gateway.namespace)).filter(name => name !== '');
}

/** Whether a folder of kustomize has all it makes in files of the input, under the names that are written there. */
function isWhole(value: Json): boolean {
  const { resources, helmCharts, namePrefix, nameSuffix } = asObject(value);
  const isRemote = asTexts(resources).some(name => /^https?:|^git@|^github\.com|\?ref=/.test(name));
  return !isRemote && asObjects(helmCharts).length === 0 && asText(namePrefix) === '' && asText(nameSuffix) === '';
}
