import { SELECTOR, all, below, form, labelName, notNegative, positive, share, within, words } from './forms';
import { template } from './pod';
import { CLAIM } from './storage';
import { scheduleProblem } from '../../../formats/cron-schedule';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asObject } from '../../../model/manifest';
import { Judges, Problem, text } from '../places';

const SCALE: Judges = {
  'replicas|revisionHistoryLimit|minReadySeconds': notNegative,
  ...below('selector', SELECTOR),
  ...below('template', template('Always')),
  'template.spec.activeDeadlineSeconds': () => 'is not taken here: it is for pods that end',
};

export const REPLICA_SET: Judges = SCALE;

export const DEPLOYMENT: Judges = {
  ...SCALE,
  '': slowProblems,
  'progressDeadlineSeconds': positive,
  'strategy': rollingProblems('RollingUpdate'),
  'strategy.type': words('Recreate', 'RollingUpdate'),
  'strategy.rollingUpdate': noneProblems,
  'strategy.rollingUpdate.maxSurge|maxUnavailable': share,
};

export const DAEMON_SET: Judges = {
  ...SCALE,
  'updateStrategy.type': words('RollingUpdate', 'OnDelete'),
  'updateStrategy.rollingUpdate': all(noneProblems, bothProblems),
  'updateStrategy.rollingUpdate.maxSurge|maxUnavailable': share,
};

export const STATEFUL_SET: Judges = {
  ...SCALE,
  'serviceName': labelName,
  'podManagementPolicy': words('OrderedReady', 'Parallel'),
  'updateStrategy': rollingProblems('RollingUpdate'),
  'updateStrategy.type': words('RollingUpdate', 'OnDelete'),
  'updateStrategy.rollingUpdate.partition': notNegative,
  'updateStrategy.rollingUpdate.maxUnavailable': share,
  'persistentVolumeClaimRetentionPolicy.whenDeleted|whenScaled': words('Retain', 'Delete'),
  'ordinals.start': notNegative,
  ...below('volumeClaimTemplates.*.spec', CLAIM),
};

export const JOB: Judges = {
  'backoffLimit|completions|parallelism|ttlSecondsAfterFinished|backoffLimitPerIndex|maxFailedIndexes': notNegative,
  'activeDeadlineSeconds': within(0, Infinity),
  'completionMode': words('NonIndexed', 'Indexed'),
  'podReplacementPolicy': words('TerminatingOrFailed', 'Failed'),
  'podFailurePolicy.rules.*.action': words('FailJob', 'FailIndex', 'Ignore', 'Count'),
  'podFailurePolicy.rules.*.onExitCodes.operator': words('In', 'NotIn'),
  ...below('template', template('OnFailure', 'Never')),
  '': jobProblems,
};

const schedule = text(value => {
  const problem = isFilledIn(value) ? undefined : scheduleProblem(value);
  return problem && `is "${value}": ${problem}`;
});

export const CRON_JOB: Judges = {
  schedule,
  'timeZone': form(value => value !== '' && value.toLowerCase() !== 'local' && isZone(value), 'a name of the IANA Time Zone database such as Europe/Berlin is wanted'),
  'concurrencyPolicy': words('Allow', 'Forbid', 'Replace'),
  'startingDeadlineSeconds': within(0, Infinity),
  'successfulJobsHistoryLimit|failedJobsHistoryLimit': notNegative,
  ...below('jobTemplate.spec', JOB),
};

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A rolling update beside a type that is none. */
function rollingProblems(type: string) {
  return (strategy: Json): Problem[] => strategy.rollingUpdate !== undefined && strategy.rollingUpdate !== null && typeof strategy.type === 'string' && ![type, ''].includes(strategy.type)
    ? [[['rollingUpdate'], `may not stand beside type ${strategy.type}: it is for type ${type}`]] : [];
}

/** An update that may neither add a pod nor take one away. */
function noneProblems({ maxSurge, maxUnavailable }: Json): Problem[] {
  return isNone(maxSurge) && isNone(maxUnavailable) ? [[['maxUnavailable'], `is ${maxUnavailable}, and maxSurge ${maxSurge}: no pod may be replaced`]] : [];
}

/** A node has one pod too many, or one too few, and not both. */
function bothProblems({ maxSurge, maxUnavailable }: Json): Problem[] {
  const isSome = (value: Json): boolean => value !== undefined && value !== null && !isNone(value);
  const found: Problem[] = isSome(maxSurge) && isSome(maxUnavailable) ? [[['maxSurge'], `is ${maxSurge}, and maxUnavailable ${maxUnavailable}: one of them must be 0`]] : [];
  return isNone(maxUnavailable) && (maxSurge === undefined || maxSurge === null) ? [...found, [['maxUnavailable'], `is ${maxUnavailable}, and there is no maxSurge: no pod may be replaced`]] : found;
}

function isNone(value: Json): boolean {
  return value === 0 || /^0+%$/.test(String(value));
}

function slowProblems({ progressDeadlineSeconds, minReadySeconds }: Json): Problem[] {
  const [deadline, ready] = [progressDeadlineSeconds ?? 600, minReadySeconds ?? 0];
  return typeof deadline === 'number' && typeof ready === 'number' && deadline <= ready && ready > 0
    ? [[[minReadySeconds === undefined ? 'progressDeadlineSeconds' : 'minReadySeconds'], `is ${ready}, and progressDeadlineSeconds ${deadline}: they must be more`]] : [];
}

function jobProblems({ template: pods, podFailurePolicy, selector, manualSelector }: Json): Problem[] {
  const found: Problem[] = [];
  const policy = asObject(asObject(pods).spec).restartPolicy;
  if (podFailurePolicy !== undefined && podFailurePolicy !== null && policy === 'OnFailure') found.push([['template', 'spec', 'restartPolicy'], 'is OnFailure, and podFailurePolicy takes Never only']);
  if (selector !== undefined && selector !== null && manualSelector !== true) found.push([['selector'], 'is made by the API server: remove it']);
  if (pods !== undefined && (policy === undefined || policy === null || policy === '')) found.push([['template', 'spec'], 'has no restartPolicy: Never or OnFailure is wanted, and Always is the default']);
  return found;
}
