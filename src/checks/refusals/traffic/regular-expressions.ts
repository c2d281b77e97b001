import { isFilledIn } from '../../../model/filled-in';
import { Refusal } from '../../../model/mesh/refused-values';

const LONGEST = 1024;
const MOST_REPEATED = 1000;
const GROUP = /^\?(?:[imsU-]*[:)]|P?<\w+>)/;
const ESCAPED = /^(?:[aftnrvAbBzdDsSwW]|[pP](?:\{\^?\w+\}|[A-Za-z])|[0-7]{1,3}|x(?:[0-9a-fA-F]{2}|\{[0-9a-fA-F]+\})|(?![A-Za-z0-9])[ -~])/;
const REPEAT = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})/;

/** What RE2, which Envoy and Istio read expressions with, does not take of an expression. */
export function expressionRefusal(text: string): Refusal {
  if (isFilledIn(text)) return undefined;
  if (text.length > LONGEST) return `the expression has ${text.length} characters: ${LONGEST} are taken at most`;
  const fault = faultOf(text);
  return fault === undefined ? undefined : `"${shown(text)}" is no regular expression of RE2: ${fault}`;
}

function faultOf(text: string): Refusal {
  let [open, at] = [0, 0];
  let mayRepeat = false;
  while (at < text.length) {
    const rest = text.slice(at);
    const repeat = REPEAT.exec(rest);
    if (repeat) {
      const fault = mayRepeat ? countFault(repeat) : `nothing is before "${repeat[0]}"`;
      if (fault !== undefined) return fault;
      at += repeat[0].length + (rest[repeat[0].length] === '?' ? 1 : 0);
      const next = REPEAT.exec(text.slice(at));
      if (next) return `"${next[0]}" repeats what is repeated`;
      mayRepeat = true;
      continue;
    }
    const step = stepOf(rest);
    if (typeof step === 'string') return step;
    open += step.opens;
    if (open < 0) return 'a ) has no (';
    mayRepeat = step.mayRepeat;
    at += step.length;
  }
  return open > 0 ? 'a ( is not closed' : undefined;
}

interface Step {
  readonly length: number;
  readonly opens: number;
  readonly mayRepeat: boolean;
}

function stepOf(rest: string): Step | string {
  switch (rest[0]) {
    case '\\': return escapeOf(rest);
    case '[': return classOf(rest);
    case '(': return groupOf(rest);
    case ')': return { length: 1, opens: -1, mayRepeat: true };
    case '|': return { length: 1, opens: 0, mayRepeat: false };
    default: return { length: 1, opens: 0, mayRepeat: true };
  }
}

function escapeOf(rest: string): Step | string {
  if (rest.startsWith('\\Q')) {
    const end = rest.indexOf('\\E');
    return { length: end < 0 ? rest.length : end + 2, opens: 0, mayRepeat: true };
  }
  const escaped = ESCAPED.exec(rest.slice(1));
  if (rest.length === 1) return 'a \\ is at its end';
  if (/^\\[1-9](?![0-7])/.test(rest)) return `\\${rest[1]} is unknown, as all references to groups are`;
  if (!escaped) return `\\${rest[1]} is unknown`;
  return { length: 1 + escaped[0].length, opens: 0, mayRepeat: true };
}

function groupOf(rest: string): Step | string {
  if (rest[1] !== '?') return { length: 1, opens: 1, mayRepeat: false };
  const group = GROUP.exec(rest.slice(1));
  if (!group) return `there is no "${rest.slice(0, /^\(\?<[=!]/.test(rest) ? 4 : 3)}": RE2 looks neither ahead nor behind`;
  return { length: 1 + group[0].length, opens: group[0].endsWith(')') ? 0 : 1, mayRepeat: group[0].endsWith(')') };
}

/** A class of characters: a ] at its begin is one of them. */
function classOf(rest: string): Step | string {
  let at = rest[1] === '^' ? 2 : 1;
  for (let first = true; at < rest.length; first = false) {
    const here = rest.slice(at);
    if (here[0] === ']' && !first) return { length: at + 1, opens: 0, mayRepeat: true };
    const low = characterOf(here);
    if (low === undefined) return `${here.slice(0, 2)} is unknown in a class`;
    at += low;
    if (rest[at] !== '-' || rest[at + 1] === ']' || at + 1 >= rest.length) continue;
    const high = characterOf(rest.slice(at + 1));
    if (high === undefined) continue;
    const [from, to] = [rest.slice(at - low, at), rest.slice(at + 1, at + 1 + high)];
    if (from.length === 1 && to.length === 1 && from > to) return `the range ${from}-${to} is the wrong way round`;
    at += 1 + high;
  }
  return 'a [ is not closed';
}

function characterOf(text: string): number | undefined {
  const named = /^\[:\^?\w+:\]/.exec(text);
  if (named) return named[0].length;
  if (text[0] !== '\\') return 1;
  const escaped = ESCAPED.exec(text.slice(1));
  return escaped ? 1 + escaped[0].length : undefined;
}

function countFault([, least, most]: RegExpExecArray): Refusal {
  const counts = [least, most].filter(count => count !== undefined && count !== '').map(Number);
  if (counts.some(count => count > MOST_REPEATED)) return `it repeats more than ${MOST_REPEATED} times`;
  return counts.length === 2 && counts[0] > counts[1] ? `{${least},${most}} is the wrong way round` : undefined;
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
