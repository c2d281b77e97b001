import { Change } from './kustomize-patches';
import { Json, Manifest, asObject, asObjects, asText } from './manifest';

/** The labels that a kustomization gives: to objects, to the pods of workloads, and to selectors. */
interface Given {
  readonly objects: Json;
  readonly pods: Json;
  readonly selectors: Json;
}

/** The labels that a kustomization adds, which selectors need not have before. */
export function labelChanges({ value }: Manifest): Change[] {
  const given = labelsOf(value);
  return Object.keys(given.objects).length === 0 ? [] : [{ applies: () => true, change: before => labelled(before, given) }];
}

/** Whether a kustomization adds labels to selectors. */
export function givesSelectors({ value }: Manifest): boolean {
  return Object.keys(labelsOf(value).selectors).length > 0;
}

function labelsOf({ commonLabels, labels }: Json): Given {
  const of = (wanted: (one: Json) => boolean): Json =>
    Object.assign({}, ...asObjects(labels).filter(wanted).map(({ pairs }) => asObject(pairs)), asObject(commonLabels));
  return {
    objects: of(() => true),
    pods: of(({ includeSelectors, includeTemplates }) => includeSelectors === true || includeTemplates === true),
    selectors: of(({ includeSelectors }) => includeSelectors === true),
  };
}

function labelled(value: Json, { objects, pods, selectors }: Given): Json {
  const [kind, spec] = [asText(value.kind), asObject(value.spec)];
  const named: Json = withLabels(value, objects);
  if (kind === 'Service') return { ...named, spec: { ...spec, selector: { ...spec.selector, ...selectors } } };
  if (kind === 'CronJob') {
    const job = asObject(spec.jobTemplate);
    const template = withLabels(asObject(asObject(job.spec).template), pods);
    return { ...named, spec: { ...spec, jobTemplate: { ...job, spec: { ...job.spec, template } } } };
  }
  if (!/^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Job)$/.test(kind) || spec.template === undefined) return named;
  const selector = kind === 'Job' ? {} : { selector: { ...spec.selector, matchLabels: { ...asObject(spec.selector).matchLabels, ...selectors } } };
  return { ...named, spec: { ...spec, ...Object.keys(selectors).length > 0 ? selector : {}, template: withLabels(spec.template, pods) } };
}

function withLabels(value: Json, labels: Json): Json {
  return { ...value, metadata: { ...value.metadata, labels: { ...asObject(value.metadata).labels, ...labels } } };
}
