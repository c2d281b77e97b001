/**
 * Whether a text is what a pattern means: a star means something as first or last character only.
 */
export function matchesText(pattern: string, text: string): boolean {
  if (pattern === '*') {
    return text !== '';
  }
  if (pattern.startsWith('*')) {
    return text.endsWith(pattern.slice(1));
  }
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/**
 * Whether a value is one of these and none of those. A list that is empty or absent is no limit.
 */
export function within<T>(values: T[] | undefined, notValues: T[] | undefined, matches: (one: T) => boolean): boolean {
  return (!values || values.length === 0 || values.some(matches)) && !(notValues ?? []).some(matches);
}
