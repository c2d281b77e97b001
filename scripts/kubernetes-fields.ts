/**
 * Writes src/checks/schemas/kubernetes.ts: what the API server takes in the kinds of Kubernetes itself that platforms are made of.
 *
 *   ts-node -T -P examples/tsconfig.json scripts/kubernetes-fields.ts api/openapi-spec/swagger.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Schema, notation, tableOf } from './crd-fields';

const VERSION = 'Kubernetes 1.37';
const KINDS = [
  ...['Pod', 'Service', 'ServiceAccount', 'ConfigMap', 'Secret', 'Namespace', 'PersistentVolume', 'PersistentVolumeClaim', 'LimitRange', 'ResourceQuota'].map(kind => `core.v1.${kind}`),
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map(kind => `apps.v1.${kind}`),
  ...['Job', 'CronJob'].map(kind => `batch.v1.${kind}`),
  ...['NetworkPolicy', 'Ingress', 'IngressClass'].map(kind => `networking.v1.${kind}`),
  ...['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].map(kind => `rbac.v1.${kind}`),
  ...['CSIDriver', 'StorageClass'].map(kind => `storage.v1.${kind}`),
  ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].map(kind => `admissionregistration.v1.${kind}`),
  'policy.v1.PodDisruptionBudget', 'autoscaling.v2.HorizontalPodAutoscaler', 'scheduling.v1.PriorityClass',
];
/** What another rule looks at, and what the API server writes. */
const FREE: Record<string, readonly string[]> = {
  'io.k8s.api.core.v1.EnvVar': ['value'],
  'io.k8s.api.core.v1.Container': ['command', 'args'],
  'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': ['managedFields', 'ownerReferences', 'creationTimestamp', 'deletionTimestamp'],
};
/** What validation asks for beyond the document, by the end of the name of a definition. */
const WANTED: Record<string, readonly string[]> = {
  ConfigMapVolumeSource: ['name'],
  ConfigMapProjection: ['name'],
  ConfigMapKeySelector: ['name'],
  ConfigMapEnvSource: ['name'],
  SecretVolumeSource: ['secretName'],
  SecretProjection: ['name'],
  SecretKeySelector: ['name'],
  SecretEnvSource: ['name'],
  ImageVolumeSource: ['reference'],
  EphemeralVolumeSource: ['volumeClaimTemplate'],
  ExecAction: ['command'],
  HTTPGetAction: ['port'],
  PersistentVolumeClaimSpec: ['accessModes', 'resources'],
  PersistentVolumeSpec: ['accessModes', 'capacity'],
  RuleWithOperations: ['apiGroups', 'apiVersions', 'operations', 'resources'],
  NamedRuleWithOperations: ['apiGroups', 'apiVersions', 'operations', 'resources'],
  ParamKind: ['apiVersion', 'kind'],
  ParamRef: ['parameterNotFoundAction'],
};
/** What the document asks for, and validation does not. */
const NOT_WANTED: Record<string, readonly string[]> = {
  HTTPHeader: ['value'],
  Sysctl: ['value'],
  PreferredSchedulingTerm: ['preference'],
  PodFailurePolicy: ['rules'],
  CSIDriver: ['spec'],
  TokenRequest: ['audience'],
  TypedLocalObjectReference: ['kind', 'name'],
  LimitRangeSpec: ['limits'],
  // kustomize puts that of the Service in
  ServiceReference: ['namespace'],
  // other rules tell it, and know what else stands there
  DeploymentSpec: ['selector'],
  StatefulSetSpec: ['selector'],
  DaemonSetSpec: ['selector'],
  ReplicaSetSpec: ['selector'],
  PolicyRule: ['verbs'],
};
const ANYTHING = ['resource.Quantity', 'runtime.RawExtension', 'v1.FieldsV1', 'v1.JSON', 'v1.Time', 'v1.MicroTime'];

/** A definition with those that it refers to in their places. */
function whole(definitions: Record<string, Schema>, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '') as string | undefined;
  if (name !== undefined) return ANYTHING.some(end => name.endsWith(`.${end}`)) ? {} : without(FREE[name] ?? [], whole(definitions, asked(name, definitions[name])));
  if (schema.format === 'int-or-string') return {};
  if (schema.properties) {
    const properties = Object.entries<Schema>(schema.properties).map(([key, value]) => [key, key === 'status' ? {} : whole(definitions, value)]);
    return { ...schema, type: 'object', properties: Object.fromEntries(properties) };
  }
  if (schema.items) return { ...schema, items: whole(definitions, schema.items) };
  // texts that are none are told by another rule
  if (schema.additionalProperties) return { ...schema, additionalProperties: schema.additionalProperties.type === 'string' ? {} : whole(definitions, schema.additionalProperties) };
  return schema;
}

/** A definition with the fields that validation asks for, whose texts must say something. */
function asked(name: string, schema: Schema): Schema {
  const end = name.split('.').pop()!;
  const required = [...schema.required ?? [], ...WANTED[end] ?? []].filter((field: string) => !NOT_WANTED[end]?.includes(field));
  const filled = required.filter((field: string) => schema.properties?.[field]?.type === 'string').map((field: string) => [field, { ...schema.properties[field], 'x-filled': true }]);
  return schema.properties ? { ...schema, required, properties: { ...schema.properties, ...Object.fromEntries(filled) } } : schema;
}

function without(names: readonly string[], schema: Schema): Schema {
  return names.length === 0 ? schema : { ...schema, properties: { ...schema.properties, ...Object.fromEntries(names.map(name => [name, {}])) } };
}

/** The text of the file. */
export function kubernetesFile(swagger: string): string {
  const { definitions } = JSON.parse(readFileSync(swagger, 'utf8'));
  const schemas: Record<string, string> = {};
  for (const kind of KINDS) {
    const definition = definitions[`io.k8s.api.${kind}`];
    const { group, version, kind: name } = definition['x-kubernetes-group-version-kind'][0];
    schemas[`${group === '' ? '' : `${group}/`}${version}/${name}`] = notation(whole(definitions, asked(name, definition)));
  }
  return tableOf('KUBERNETES', 'kubernetes-fields.ts out of the OpenAPI document of Kubernetes', VERSION, schemas);
}

if (require.main === module) {
  writeFileSync(join(__dirname, '..', 'src', 'checks', 'schemas', 'kubernetes.ts'), kubernetesFile(process.argv[2]));
}
