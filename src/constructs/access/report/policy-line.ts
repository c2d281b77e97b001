import { ciliumEnvoyConfig, ciliumPolicy } from './cilium-words';
import { clusterNetworkWords } from './cluster-network-words';
import {
  linkerdAuthorization, linkerdEgress, linkerdIdentities, linkerdNetworks, linkerdRoute, linkerdServer, linkerdServerAuthorization,
} from './linkerd-words';
import { networkWords } from './network-words';
import { selectorWords } from './selector-words';

/**
 * A policy that nobody stated here, in one line: what a reviewer has to know of it.
 */
export function policyLine(manifest: any): string {
  const { apiVersion, kind, metadata } = manifest;
  const says = WORDS[`${apiVersion.split('/')[0]}/${kind}`]?.(manifest) ?? 'not read here';
  return `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}: ${says}${isDryRun(metadata.annotations) ? ' (dry-run)' : ''}`;
}

/**
 * Whether Istio only tries a policy out.
 */
export function isDryRun(annotations: { readonly [key: string]: string } = {}): boolean {
  return /^(1|t|true)$/i.test(annotations['istio.io/dry-run'] ?? '');
}

const of = (words: (spec: any) => string) => ({ spec }: any): string => words(spec ?? {});

// by group, too: Linkerd has an AuthorizationPolicy, and Calico a NetworkPolicy, that say other things in other fields
const WORDS: { [groupAndKind: string]: (manifest: any) => string } = {
  'cilium.io/CiliumClusterwideEnvoyConfig': ciliumEnvoyConfig,
  'cilium.io/CiliumClusterwideNetworkPolicy': ciliumPolicy,
  'cilium.io/CiliumEnvoyConfig': ciliumEnvoyConfig,
  'cilium.io/CiliumNetworkPolicy': ciliumPolicy,
  'extensions.istio.io/WasmPlugin': of(plugin),
  'gateway.networking.k8s.io/GRPCRoute': of(linkerdRoute),
  'gateway.networking.k8s.io/HTTPRoute': of(linkerdRoute),
  'networking.istio.io/EnvoyFilter': of(filter),
  'networking.istio.io/ServiceEntry': of(outside),
  'networking.k8s.io/NetworkPolicy': of(networkWords),
  'policy.linkerd.io/AuthorizationPolicy': of(linkerdAuthorization),
  'policy.linkerd.io/EgressNetwork': of(linkerdEgress),
  'policy.linkerd.io/HTTPRoute': of(linkerdRoute),
  'policy.linkerd.io/MeshTLSAuthentication': of(linkerdIdentities),
  'policy.linkerd.io/NetworkAuthentication': of(linkerdNetworks),
  'policy.linkerd.io/Server': of(linkerdServer),
  'policy.linkerd.io/ServerAuthorization': of(linkerdServerAuthorization),
  'policy.networking.k8s.io/AdminNetworkPolicy': of(clusterNetworkWords),
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy': of(clusterNetworkWords),
  'policy.networking.k8s.io/ClusterNetworkPolicy': of(clusterNetworkWords),
  'security.istio.io/AuthorizationPolicy': of(authorization),
  'security.istio.io/PeerAuthentication': of(mutualTls),
  'security.istio.io/RequestAuthentication': of(tokens),
};

const VERBS: { [action: string]: string } = { ALLOW: 'allows', DENY: 'denies', AUDIT: 'marks', CUSTOM: 'asks a provider about' };

function authorization({ action = 'ALLOW', rules, ...where }: any): string {
  const what = (rules ?? []).map(rule);
  return `${VERBS[action] ?? action} ${what.length > 0 ? what.join('; or ') : 'nothing'}${at(where)}`;
}

function at({ selector, targetRef, targetRefs }: any): string {
  const targets = (targetRefs ?? [targetRef]).filter(Boolean).map((one: any) => `${one.kind} ${one.name}`);
  const where = [...targets, selectorWords(selector ?? {})].filter(Boolean).join(', ');
  return where ? ` at ${where}` : '';
}

function mutualTls(spec: any): string {
  const ports = Object.entries<any>(spec.portLevelMtls ?? {}).map(([port, { mode }]) => `${mode} on port ${port}`);
  return `${[spec.mtls?.mode ?? 'as the level above', ...ports].join(', ')}${at(spec)}`;
}

function tokens(spec: any): string {
  return `verifies tokens of ${(spec.jwtRules ?? []).map((one: any) => `\`${one.issuer}\``).join(' ')}${at(spec)}`;
}

function filter({ configPatches, workloadSelector, targetRefs }: any): string {
  const places = [...new Set((configPatches ?? []).map((one: any) => one.applyTo))];
  return `changes ${places.join(', ')} of proxies${at({ selector: { matchLabels: workloadSelector?.labels }, targetRefs })}, in ways not read here`;
}

function plugin({ phase, ...where }: any): string {
  return `runs a program in proxies${phase ? ` (${phase})` : ''}${at(where)}, not read here`;
}

const SEERS: { [exportTo: string]: string } = { '*': '**every namespace**', '.': 'its namespace' };

function outside({ hosts, ports, exportTo }: any): string {
  const numbers = (ports ?? []).map((one: any) => one.number).join(', ');
  const seers = (exportTo ?? ['*']).map((one: string) => SEERS[one] ?? `namespace \`${one}\``);
  return `known to ${seers.join(', ')}: ${(hosts ?? []).map((one: string) => `\`${one}\``).join(' ')} on ports ${numbers}`;
}

function rule({ from, to, when }: any): string {
  const sources = (from ?? []).map(({ source }: any) => limits(source)).filter(Boolean);
  const operations = (to ?? []).map(({ operation }: any) => limits(operation)).filter(Boolean);
  const conditions = (when ?? []).map(({ key, ...values }: any) => `${key} ${limits(values)}`);
  return [
    sources.length > 0 ? sources.join(' or ') : '**anybody**',
    operations.length > 0 ? operations.join(' or ') : 'everything',
    ...conditions,
  ].join(', ');
}

/**
 * Patterns have stars, which Markdown would read.
 */
function limits(fields: any): string {
  return Object.entries<any>(fields ?? {}).map(([name, values]) => `${name} ${[values].flat().map((one) => `\`${one}\``).join(' ')}`).join(' and ');
}
