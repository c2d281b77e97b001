import { AccessSource } from './access-source';
import { podsOf } from './pods-of';
import { IWorkloads } from '../istio/mesh';

/**
 * Who hands a token on, for layers that see no tokens; a source without a token as it is.
 */
export function handingOn(source: AccessSource, mesh: IWorkloads): AccessSource {
  const caller = source._caller;
  return caller.kind === 'token' ? AccessSource._peer(caller.through, podsOf(caller.through, mesh)) : source;
}
