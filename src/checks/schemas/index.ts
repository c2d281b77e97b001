import { CERT_MANAGER } from './cert-manager';
import { CILIUM } from './cilium';
import { GRAFANA_OPERATOR } from './grafana-operator';
import { ISTIO } from './istio';
import { LINKERD } from './linkerd';
import { MESH_CONFIG } from './mesh-config';
import { Schemas, Type, typeOf } from './notation';
import { PROMETHEUS_OPERATOR } from './prometheus-operator';
import { VAULT_CONFIG_OPERATOR } from './vault-config-operator';
import { VAULT_SECRETS_OPERATOR } from './vault-secrets-operator';

export { Fault, faultsOf } from './notation';

const ALL: readonly Schemas[] = [
  ISTIO, CILIUM, LINKERD, CERT_MANAGER, PROMETHEUS_OPERATOR, GRAFANA_OPERATOR, VAULT_CONFIG_OPERATOR, VAULT_SECRETS_OPERATOR,
];
const read = new Map<string, SpecType | undefined>();

interface SpecType {
  readonly type: Type;
  /** Whose definition it is, and of when. */
  readonly version: string;
}

/** What the spec of a kind looks like; undefined for kinds and versions that are not known here. */
export function specType(apiVersion: string, kind: string): SpecType | undefined {
  const key = `${apiVersion}/${kind}`;
  if (!read.has(key)) {
    const schemas = ALL.find(({ kinds }) => Object.prototype.hasOwnProperty.call(kinds, key));
    read.set(key, schemas && { type: typeOf(schemas.kinds[key], schemas.parts), version: schemas.version });
  }
  return read.get(key);
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
