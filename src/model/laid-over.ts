import { Json, isObject } from './manifest';

/** Values with others laid over them, as Helm does it: of mappings single keys, all else as a whole. */
export function laidOver(base: Json, top: Json): Json {
  if (!isObject(base) || !isObject(top)) return top;
  const changed = Object.entries(top).map(([key, value]) => [key, Object.hasOwn(base, key) ? laidOver(base[key], value) : value]);
  return { ...base, ...Object.fromEntries(changed) };
}
