/**
 * Refuses fields of a spec that a construct states itself: a second value would take its place unseen, with what was checked of the first.
 *
 * @param owned the fields, each with the prop that states it
 */
export function requireNotOwned(where: string, additionalSpec: { [key: string]: any } | undefined, owned: { [field: string]: string }): void {
  const field = Object.keys(owned).find((key) => additionalSpec !== undefined && key in additionalSpec);
  if (field !== undefined) {
    throw new Error(`${where} has '${field}' in additionalSpec, which would take the place of what '${owned[field]}' says: use '${owned[field]}'`);
  }
}
