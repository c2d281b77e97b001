import { isFilledIn } from '../../../model/filled-in';
import { Json, asObject, asText } from '../../../model/manifest';
import { Problem } from '../places';

/** Entries of a list of which two have one name. */
export function doubleNames(what: string, field = 'name'): (list: Json) => Problem[] {
  return list => {
    const known = new Set<string>();
    return (Array.isArray(list) ? list : []).flatMap((entry: Json, i: number): Problem[] => {
      const name = asText(asObject(entry)[field]);
      const isKnown = known.has(name) && name !== '' && !isFilledIn(name);
      known.add(name);
      return isKnown ? [[[i, field], `${what} ${field} ${name} is there twice`]] : [];
    });
  };
}
