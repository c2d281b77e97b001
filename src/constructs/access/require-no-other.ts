/**
 * Refuses properties that nobody reads: a misspelt limit would be no limit, for those who have no compiler.
 */
export function requireNoOther(where: string, given: object, known: string[]): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other !== undefined) {
    throw new Error(`${where} has '${other}', which says nothing: use ${known.join(', ')}`);
  }
}
