import { Environment } from './expand-env';
import { Container } from '../kubernetes/workload';
import { Json, Manifest, asObject, asObjects, asText } from '../manifest';

/** Finds an object of the input by its kind, namespace and name. */
export type Find = (kind: string, namespace: string, name: string) => Manifest | undefined;

/** Every name is there, no value is known. */
export const ANYTHING = { has: () => true, get: () => undefined } as unknown as Environment;

/** The same for what can be a name: `${X:-y}` is none, and becomes nothing. */
export const NAMED = { has: (name: string) => /^[A-Za-z_]\w*$/.test(name), get: () => undefined } as unknown as Environment;

/** The variables of a container; any may be there where one of their sources is not in the input. */
export function environmentOf({ value }: Container, namespace: string, find: Find): Environment {
  const variables = new Map<string, string | undefined>();
  for (const source of asObjects(value.envFrom)) {
    const name = asText(asObject(source.secretRef ?? source.configMapRef).name);
    const given = source.secretRef ? keysOf(find('Secret', namespace, name)) : dataOf(find('ConfigMap', namespace, name));
    if (given.length === 0) return NAMED;
    for (const [key, text] of given) variables.set(`${asText(source.prefix)}${key}`, text);
  }
  for (const { name, value: text, valueFrom } of asObjects(value.env)) {
    variables.set(asText(name), valueFrom ? referred(asObject(valueFrom).configMapKeyRef, namespace, find) : stated(asText(text)));
  }
  return variables;
}

/** The value of a key of a ConfigMap of the input. */
function referred(reference: Json, namespace: string, find: Find): string | undefined {
  const { name, key } = asObject(reference);
  return dataOf(name === undefined ? undefined : find('ConfigMap', namespace, asText(name))).find(([one]) => one === key)?.[1];
}

function dataOf(map: Manifest | undefined): [string, string | undefined][] {
  return Object.entries(asObject(map?.value.data)).map(([key, text]) => [key, stated(asText(text))]);
}

/** Whoever fills in a Secret may have other values for its keys. */
function keysOf(secret: Manifest | undefined): [string, undefined][] {
  return [secret?.value.data, secret?.value.stringData].flatMap(data => Object.keys(asObject(data))).map(key => [key, undefined]);
}

/** What somebody fills in later is not known yet. */
export function stated(text: string): string | undefined {
  return /\$[({]|\{\{|^<.*>$/.test(text) ? undefined : text;
}
