import { all, keyProblems, plainText } from './forms';
import { isDataKey, isStandIn } from '../../../model/kubernetes/forms';
import { Json, asObject, asText } from '../../../model/manifest';
import { shown } from '../../schemas/notation';
import { Judge, Judges, Problem } from '../places';

const keys: Judge = value => keyProblems(value, isDataKey, 'letters, digits, dashes, dots and underscores are taken, 253 characters at most');
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes in base64, of which the message shows nothing. */
export const base64: Judge = value => {
  if (typeof value === 'number') return 'is a number: base64 is wanted; text goes into stringData';
  if (typeof value === 'boolean' || typeof value === 'object' && !Array.isArray(value)) return `is ${shown(value)}: base64 is wanted; text goes into stringData`;
  if (typeof value !== 'string' || BASE64.test(value.replace(/[\r\n]/g, '')) || isStandIn(value)) return undefined;
  return 'is no base64: text goes into stringData';
};

export const CONFIG_MAP: Judges = {
  '': twiceProblems,
  'binaryData': keys,
  'data': all(keys, texts),
  'binaryData.*': base64,
};

/** The keys that a type of Secret must have. */
const KEYS: Record<string, readonly string[]> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export const SECRET: Judges = {
  '': typeProblems,
  'data': keys,
  'stringData': all(keys, texts),
  'data.*': base64,
};

function texts(data: Json): Problem[] {
  return Object.entries(asObject(data)).flatMap(([key, value]): Problem[] => {
    const message = value === null ? undefined : plainText(value);
    return typeof message === 'string' ? [[[key], message]] : [];
  });
}

function twiceProblems({ data, binaryData }: Json): Problem[] {
  return Object.keys(asObject(binaryData)).filter(key => asObject(data)[key] !== undefined).map((key): Problem => [['binaryData', key], 'is in data, too']);
}

/** What the type of a Secret wants; one without any data is filled in by somebody. */
function typeProblems({ type, data, stringData }: Json): Problem[] {
  const there = [...Object.keys(asObject(data)), ...Object.keys(asObject(stringData))];
  const wanted = KEYS[asText(type)] ?? [];
  return there.length === 0 ? [] : wanted.filter(key => !there.includes(key)).map((key): Problem => [['type'], `is ${type}, and there is no ${key} in data, which it must have`]);
}
