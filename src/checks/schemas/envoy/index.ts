import { BOOTSTRAP } from './bootstrap';
import { HTTP } from './http';
import { OTHERS } from './others';
import { Json, Path } from '../../../model/manifest';
import { MessageJudge } from '../message-faults';
import { Messages } from '../messages';
import type { Fault } from '../notation';
import type { Dialect } from '../scalars';

/** The minor release of Envoy 1 whose API it is. */
export const ENVOY_MINOR = 40;

const MESSAGES = new Messages(BOOTSTRAP + HTTP + OTHERS);

/** All faults of a value that should be a message of Envoy's API. */
export function envoyMessageFaults(message: string, value: Json, path: Path, dialect: Dialect): Fault[] {
  return new MessageJudge(MESSAGES, dialect).faults(MESSAGES.find(message)!, value, path);
}
