import { CERT_MANAGER } from './cert-manager';
import { CILIUM } from './cilium';
import { GATEWAY_API } from './gateway-api';
import { GRAFANA_OPERATOR } from './grafana-operator';
import { ISTIO } from './istio';
import { KUBERNETES } from './kubernetes';
import { LINKERD } from './linkerd';
import { MESH_CONFIG } from './mesh-config';
import { Schemas, Type, typeOf } from './notation';
import { OPENSHIFT } from './openshift';
import { PROMETHEUS_OPERATOR } from './prometheus-operator';
import { SAIL_OPERATOR } from './sail-operator';
import { VAULT_CONFIG_OPERATOR } from './vault-config-operator';
import { VAULT_SECRETS_OPERATOR } from './vault-secrets-operator';

export { Fault, faultsOf } from './notation';

const ALL: readonly Schemas[] = [
  ISTIO, GATEWAY_API, CILIUM, LINKERD, CERT_MANAGER, PROMETHEUS_OPERATOR, GRAFANA_OPERATOR, OPENSHIFT, SAIL_OPERATOR,
  VAULT_CONFIG_OPERATOR, VAULT_SECRETS_OPERATOR,
];
/** Whose definitions are known. */
export const DEFINITIONS = 'OpenAPI document of Kubernetes 1.37; CustomResourceDefinitions of Istio, Gateway API, Cilium, Linkerd, cert-manager, Prometheus operator, Grafana operator, '
  + 'OpenShift\'s Zero Trust Workload Identity Manager, Sail operator, vault-config-operator, Vault Secrets Operator';
const read = new Map<string, SpecType | undefined>();
const readWhole = new Map<string, SpecType | undefined>();

interface SpecType {
  readonly type: Type;
  /** Whose definition it is, and of when. */
  readonly version: string;
}

/** What the spec of a kind looks like; undefined for kinds and versions that are not known here. */
export function specType(apiVersion: string, kind: string): SpecType | undefined {
  const key = `${apiVersion}/${kind}`;
  if (!read.has(key)) {
    read.set(key, typeIn(ALL, key));
  }
  return read.get(key);
}

/** What an object of a kind of Kubernetes itself looks like; undefined for other kinds. */
export function objectType(apiVersion: string, kind: string): SpecType | undefined {
  const key = `${apiVersion}/${kind}`;
  if (!readWhole.has(key)) readWhole.set(key, typeIn([KUBERNETES], key));
  return readWhole.get(key);
}

function typeIn(tables: readonly Schemas[], key: string): SpecType | undefined {
  const table = tables.find(({ kinds }) => Object.prototype.hasOwnProperty.call(kinds, key));
  return table && { type: typeOf(table.kinds[key], table.parts), version: table.version };
}

/** Protobuf takes both spellings of a field, and knows one of them. */
export function oneSpelling(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

let mesh: Type | undefined;

/** What meshConfig looks like. */
export function meshConfigType(): Type {
  return mesh ??= typeOf(MESH_CONFIG.kinds.meshConfig, MESH_CONFIG.parts);
}
