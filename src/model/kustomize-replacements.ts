import { Change } from './kustomize-patches';
import { Json, Manifest, asObject, asObjects, asText, asTexts } from './manifest';

/** What a value can be taken from. */
export type Source = Pick<Manifest, 'kind' | 'name' | 'namespace' | 'value'>;

/** What stands for a value that is taken from where it is not to be seen. */
const UNSEEN = '${replacement}';

/**
 * The changes that replacements of a kustomization make: values of one object written into others.
 *
 * @param objects what the values may be taken from
 */
export function replacementChanges(replacements: readonly Json[], objects: readonly Source[]): Change[] {
  return replacements.flatMap(({ source, sourceValue, targets }) => {
    const taken = typeof sourceValue === 'string' ? sourceValue : valueOf(asObject(source), objects);
    return asObjects(targets).map(target => {
      const rejected = asObjects(target.reject);
      const { delimiter, index, create } = asObject(target.options);
      const put = (before: Json): Json => {
        if (typeof delimiter !== 'string' || delimiter === '' || typeof before !== 'string') return asType(before, taken);
        const parts = before.split(delimiter);
        const at = Number(index ?? 0);
        if (at < 0 || at >= parts.length) return (at < 0 ? [taken, ...parts] : [...parts, taken]).join(delimiter);
        return parts.map((part, i) => (i === at ? taken : part)).join(delimiter);
      };
      return {
        applies: (manifest: Manifest) => selects(asObject(target.select), manifest) && !rejected.some(one => selects(one, manifest)),
        change: (value: Json) => {
          const paths = asTexts(target.fieldPaths);
          return (paths.length === 0 ? ['metadata.name'] : paths).reduce((inner: Json, path) => write(inner, stepsOf(path), put, create === true), value);
        },
      };
    });
  });
}

/** A value in the type of the one before, as kustomize leaves the type alone. */
function asType(before: Json, taken: Json): Json {
  const text = typeof taken === 'object' ? undefined : String(taken);
  if (text === undefined) return taken;
  if (typeof before === 'string') return text;
  if (typeof before === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return typeof before === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : taken;
}

function valueOf({ kind, name, namespace, fieldPath, options }: Json, objects: readonly Source[]): Json {
  const is = (wanted: unknown, text: string): boolean => wanted === undefined || wanted === text;
  const found = objects.filter(one => one.kind === kind && is(name, one.name) && is(namespace, one.namespace));
  // kustomize refuses a source that several objects are
  if (found.length !== 1) return UNSEEN;
  const value = stepsOf(asText(fieldPath) || 'metadata.name').reduce((inner: Json, step) => element(inner, step), found[0].value);
  if (value === undefined || value === null) return UNSEEN;
  const { delimiter, index } = asObject(options);
  return typeof delimiter === 'string' && delimiter !== '' ? asText(value).split(delimiter)[Number(index ?? 0)] ?? UNSEEN : value;
}

function selects({ group, kind, name, namespace }: Json, manifest: Manifest): boolean {
  const is = (wanted: unknown, text: string): boolean => wanted === undefined || wanted === text;
  return is(group, manifest.group) && is(kind, manifest.kind) && is(name, manifest.name) && is(namespace, manifest.namespace);
}

/** `spec.containers.[name=a].env.0.value`, with `\.` for a dot in a key. */
function stepsOf(path: string): string[] {
  return (path.match(/\[[^\]]*\]|(?:\\.|[^.[\]\\])+/g) ?? []).map(step => step.replace(/\\(.)/g, '$1'));
}

function element(value: Json, step: string): Json {
  const [, field, wanted] = /^\[([^=\]]+)=([^\]]*)\]$/.exec(step) ?? [];
  if (field !== undefined) return asObjects(value).find(item => asText(item[field]) === wanted);
  const key = step.replace(/^\[|\]$/g, '');
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key] : undefined;
}

function write(value: Json, [step, ...rest]: string[], put: (before: Json) => Json, creates: boolean): Json {
  if (step === undefined) return put(value);
  if (Array.isArray(value)) {
    const [, field, wanted] = /^\[([^=\]]+)=([^\]]*)\]$/.exec(step) ?? [];
    return value.map((item, i) => ((field === undefined ? step === '*' || step === String(i) : asText(asObject(item)[field]) === wanted) ? write(item, rest, put, creates) : item));
  }
  const key = step.replace(/^\[|\]$/g, '');
  const base = asObject(value);
  if (key === '__proto__' || (!creates && (value === undefined || !Object.hasOwn(base, key)))) return value;
  return { ...base, [key]: write(Object.hasOwn(base, key) ? base[key] : undefined, rest, put, creates) };
}
