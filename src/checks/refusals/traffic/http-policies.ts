import { isNamed } from './destinations';
import { corsName } from './headers';
import { Judge, Judges, Problem, problemsOf, text } from '../places';
import { originMatch } from './string-matches';
import { all, atLeastZero, duration, isGiven, isOpen, oneOf, within, word } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asObject } from '../../../model/manifest';
import { Refusal } from '../../../model/mesh/refused-values';
import { parseDuration } from '../../../model/spire/values';

const SMALLEST_SHARE = 0.0001;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];
const GRPC_STATUSES = ['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'];
const RETRIED = ['5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'retriable-4xx', 'refused-stream',
  'retriable-status-codes', 'retriable-headers', 'envoy-ratelimited', 'http3-post-connect-failure', 'cancelled', 'deadline-exceeded', 'internal',
  'resource-exhausted', 'unavailable'];
// those that Go has a text for
const STATUSES = /^\+?0*(10[0-3]|20[0-8]|226|30[0-57-8]|40\d|41[0-8]|42[1-689]|431|451|50[0-8]|51[01])$/;

/** Which origins browsers may call from. */
export const cors = judged({
  'allowOrigins.*': originMatch,
  'allowMethods.*': text(method => isFilledIn(method) || METHODS.includes(method) ? undefined : `"${method}" is no method: ${METHODS.join(', ')}`),
  'allowHeaders|exposeHeaders.*': corsName,
  'maxAge': all(duration, text(value => Number.isInteger(parseDuration(value) ?? 0) ? undefined : `maxAge ${value} has parts of a second`)),
});

/** Faults that are made on purpose. */
export const fault = judged({
  '': value => isGiven(value.abort) || isGiven(value.delay) || isOpen(value) ? undefined : 'fault has neither abort nor delay',
  'abort|delay.percentage.value': share,
  'abort': oneOf('httpStatus', 'grpcStatus', 'http2Error'),
  'abort.httpStatus': httpStatus('httpStatus'),
  'abort.grpcStatus': text(status => status === '' ? 'grpcStatus is empty' : word(GRPC_STATUSES, 'grpcStatus')(status) as string | undefined),
  'abort.http2Error': () => 'http2Error is not taken: write httpStatus or grpcStatus',
  'delay': oneOf('fixedDelay', 'exponentialDelay'),
  'delay.fixedDelay': duration,
  'delay.exponentialDelay': () => 'exponentialDelay is not taken: write fixedDelay',
});

/** A status of HTTP; istiod takes 600, too. */
export function httpStatus(name: string): Judge {
  return value => value === 600 ? undefined : within(200, 599, name)(value);
}

/** How often a request is tried again. */
export const retries = judged({
  '': retryProblems,
  'attempts': atLeastZero,
  'perTryTimeout|backoff': duration,
  'retryOn': text(causeRefusal),
});

function causeRefusal(causes: string): Refusal {
  if (isFilledIn(causes) || causes === '') return undefined;
  const unknown = causes.split(',').find(cause => !RETRIED.includes(cause) && !STATUSES.test(cause));
  if (unknown === undefined) return undefined;
  const known = `${RETRIED.slice(0, 5).join(', ')} and others are taken, and any status of HTTP`;
  const hint = RETRIED.includes(unknown.trim()) ? 'write commas without spaces' : known;
  return `retryOn "${unknown}" is unknown: ${hint}`;
}

function judged(judges: Judges): Judge {
  return value => problemsOf(judges, value, []);
}

function retryProblems(value: Json): Problem[] {
  const { attempts, perTryTimeout, retryOn, retryRemoteLocalities } = asObject(value);
  const isOff = (!isGiven(attempts) || attempts === 0) && !isOpen(value);
  const rest = isGiven(perTryTimeout) || isNamed(retryOn) || isGiven(retryRemoteLocalities);
  return isOff && rest ? [[[], 'attempts is 0, which is the default: nothing is tried again, and the rest must not be there']] : [];
}

function share(value: Json): Refusal {
  if (typeof value !== 'number' || value === 0 || value >= SMALLEST_SHARE && value <= 100) return undefined;
  return `${value} is no percentage: 0, or ${SMALLEST_SHARE} to 100 is wanted`;
}
