import { Json, Path } from '../../model/manifest';
import { Fault, faultsOf, meshConfigType, oneSpelling } from '../schemas';
import { Problem } from './places';

/** What is of a type, or a word, that meshConfig does not have there. */
export function meshTypeProblems(config: Json, path: Path): Problem[] {
  return faultsOf(meshConfigType(), config, ['meshConfig'], oneSpelling)
    .filter(fault => isRefused(fault, fault.path.slice(1).reduce((value: Json, step) => value[step], config)))
    .map(fault => [[...path, ...fault.path.slice(1)], fault.message.replace(/^meshConfig\./, '')]);
}

/** Protobuf reads numbers in quotes, takes a word by its number, and a null for the default. */
function isRefused({ kind }: Fault, value: Json): boolean {
  if (value === null) return false;
  if (kind === 'wrong word') return !Number.isInteger(value);
  return kind === 'wrong value' && !(typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
}
