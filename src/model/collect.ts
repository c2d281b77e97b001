/** Adds items to the list that a key has. */
export function collect<K, T>(lists: Map<K, T[]>, key: K, ...items: T[]): void {
  const list = lists.get(key);
  if (list) list.push(...items);
  else lists.set(key, items);
}
