import { ApiObject, JsonPatch } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-27';

/**
 * The pod template of a workload: what is known of it now, and how to add to its metadata.
 */
export interface PodTemplate {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly serviceAccount?: string;
  readonly hostNetwork: boolean;
  readonly containerNames: string[];
  /** Those of TCP: a mesh does not see others. */
  readonly ports: { readonly name?: string; readonly number: number }[];
  readonly labels: { [key: string]: string };
  readonly annotations: { [key: string]: string };
  readonly matchLabels: { [key: string]: string };
  addMetadata(labels: { [key: string]: string }, annotations: { [key: string]: string }): void;
}

/**
 * Reads the pod template of a cdk8s-plus workload or of a plain ApiObject.
 *
 * cdk8s-plus is recognized by its members, so that it is not loaded for those who do not use it.
 */
export function podTemplateOf(workload: Workload | ApiObject): PodTemplate {
  if (ApiObject.isApiObject(workload)) {
    return ofApiObject(workload);
  }
  if (typeof workload?.podMetadata?.addLabel === 'function' && Array.isArray(workload.containers)) {
    return ofCdk8sPlus(workload);
  }
  throw new Error(`what is enrolled is ${shown(workload)}, which is no workload: give a cdk8s-plus workload or the ApiObject of one`);
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? `an object of class ${value.constructor?.name}` : JSON.stringify(value) ?? String(value);
}

function isTcp({ protocol }: { readonly protocol?: string }): boolean {
  return (protocol ?? 'TCP') === 'TCP';
}

function ofCdk8sPlus(workload: Workload): PodTemplate {
  const metadata = workload.podMetadata.toJson() ?? {};
  const containers = [...workload.containers, ...workload.initContainers];
  return {
    kind: workload.kind,
    name: workload.name,
    namespace: workload.metadata.namespace,
    serviceAccount: workload.serviceAccount?.name,
    hostNetwork: workload.hostNetwork === true,
    containerNames: containers.map((container) => container.name),
    ports: workload.containers.flatMap((container) => container.ports).filter(isTcp),
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    matchLabels: workload.matchLabels,
    addMetadata: (labels, annotations) => {
      Object.entries(labels).forEach(([key, value]) => workload.podMetadata.addLabel(key, value));
      Object.entries(annotations).forEach(([key, value]) => workload.podMetadata.addAnnotation(key, value));
    },
  };
}

/**
 * Where the pod template of each kind is.
 */
export const TEMPLATE_PATHS: { [kind: string]: string[] } = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  Pod: [],
  ReplicaSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

function ofApiObject(object: ApiObject): PodTemplate {
  const path = TEMPLATE_PATHS[object.kind];
  if (!path) {
    throw new Error(`${object.kind} '${object.name}' has no pods that can be enrolled: give one of ${Object.keys(TEMPLATE_PATHS).join(', ')}`);
  }
  const manifest = object.toJson();
  const template = path.reduce((value, key) => value?.[key], manifest);
  if (!template?.spec) {
    throw new Error(`${object.kind} '${object.name}' has no pod template at '${path.join('.')}': write its pods before it is enrolled`);
  }
  const containers: any[] = template.spec.containers ?? [];
  return {
    kind: object.kind,
    name: object.name,
    namespace: object.metadata.namespace,
    serviceAccount: template.spec.serviceAccountName,
    hostNetwork: template.spec.hostNetwork === true,
    containerNames: [...containers, ...template.spec.initContainers ?? []].map((container) => container.name),
    ports: containers.flatMap((container) => container.ports ?? []).filter(isTcp).map(({ name, containerPort }) => ({ name, number: containerPort })),
    labels: template.metadata?.labels ?? {},
    annotations: template.metadata?.annotations ?? {},
    matchLabels: object.kind === 'Job' || object.kind === 'CronJob' ? {} : manifest.spec.selector?.matchLabels ?? {},
    addMetadata: (labels, annotations) => {
      const metadata = ['', ...path, 'metadata'].join('/');
      if (!template.metadata) {
        object.addJsonPatch(JsonPatch.add(metadata, {}));
      }
      object.addJsonPatch(
        JsonPatch.add(`${metadata}/labels`, { ...template.metadata?.labels, ...labels }),
        JsonPatch.add(`${metadata}/annotations`, { ...template.metadata?.annotations, ...annotations }),
      );
    },
  };
}
