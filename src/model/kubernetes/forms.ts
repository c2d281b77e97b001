import { isOpenName } from '../mesh/refused-values';

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
/** Names of DNS, of any length. */
export const OBJECT_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const WORD = /^(?:[A-Za-z0-9][-\w.]*)?[A-Za-z0-9]$/;
const DATA_KEY = /^[-\w.]+$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;
const LONGEST_PORT_NAME = 15;
// a word in capitals, or something in signs that no name may have
const STAND_IN = /(?:^|[^A-Za-z0-9])[A-Z][A-Z0-9]{2,}(?:$|[^A-Za-z0-9])|^\[.*\]$|%[\w{]|@\w+@|#\{|^ref\+|^op:\/\/|<[^<>]+>|\.\.\.|…|^[-_]+$/;

/** Whether a person or a script writes another name in place of one. */
export function isStandIn(name: string): boolean {
  return isOpenName(name) || STAND_IN.test(name);
}

/** A label of DNS, as the names of containers, volumes and namespaces are. */
export function isLabelName(text: string): boolean {
  return text.length <= LONGEST_LABEL && LABEL.test(text);
}

/** A name of DNS, as the names of most objects are. */
export function isObjectName(text: string): boolean {
  return text.length <= LONGEST_NAME && OBJECT_NAME.test(text);
}

/** A name that may stand in a path, as the names of roles are. */
export function isPathName(text: string): boolean {
  return text !== '.' && text !== '..' && !/[/%]/.test(text);
}

/** A key of a label or of a taint: a name, with a domain before it or without. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  return isWord(text.slice(slash + 1)) && (slash < 0 || isObjectName(text.slice(0, slash)));
}

/** A value of a label. */
export function isLabelValue(text: string): boolean {
  return text === '' || isWord(text);
}

function isWord(text: string): boolean {
  return text.length <= LONGEST_LABEL && WORD.test(text);
}

/** A key in the data of a ConfigMap or a Secret. */
export function isDataKey(text: string): boolean {
  return text.length <= LONGEST_NAME && DATA_KEY.test(text) && text !== '.' && !text.startsWith('..');
}

/** The name of a port of a container. */
export function isPortName(text: string): boolean {
  return text.length <= LONGEST_PORT_NAME && PORT_NAME.test(text);
}
