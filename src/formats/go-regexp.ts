/** Whether Go's regexp would compile the pattern, as far as JavaScript can tell. */
export function compilesInGo(pattern: string): boolean {
  if (/\(\?(?:[=!]|<[=!])|(?<!\\)(?:\\\\)*\\[1-9]/.test(pattern)) return false;
  try {
    new RegExp(pattern.replace(/\(\?P</g, '(?<').replace(/^\(\?[imsU]+\)/, ''), 'u');
    return true;
  } catch {
    // The u flag is stricter than Go with needless escapes.
    try {
      new RegExp(pattern.replace(/\(\?P</g, '(?<').replace(/^\(\?[imsU]+\)/, ''));
      return true;
    } catch {
      return false;
    }
  }
}
