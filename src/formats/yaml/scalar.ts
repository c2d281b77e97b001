import { Yaml } from 'cdk8s';

// what forces quotes or escapes that depend on more than the line itself
const CONTROL_OR_SURROGATE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]/;
// YAML 1.1 has many ways to write a number, a time and a date; whatever is made of their characters may be one
const MAYBE_NUMBER = /^(?:[-+.0-9][-+.:_0-9a-fA-FxinINtTzZ \t]*|[eE][-+]?[0-9]+)$/;
const WORD = /^(?:~|null|Null|NULL|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)?$/;
const SYNTAX = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-](?:[\t ]|$)|:[\t ]|[\t ]#|[\t :]$/;
// most strings in manifests: long enough to be no word, made of nothing that means something (e1 is a number)
const NAME = /^[a-df-zA-DF-Z_/][-\w./=@+]{5,}(?::[-\w./=@+]+)*$/;
const UNUSUAL_START_OR_END = /^[\t\n ]|[\t ]$|[\t\n ]\n$/;

const CACHE_LIMIT = 10_000;
const LONGEST_CACHED = 200;
const cache = new Map<string, string>();

/**
 * The text of a string on one line: plain where that reads back as the same string, else quoted.
 */
export function lineText(text: string): string {
  if (NAME.test(text)) {
    return text;
  }
  if (CONTROL_OR_SURROGATE.test(text) || MAYBE_NUMBER.test(text)) {
    return cdk8sText(text);
  }
  if (SYNTAX.test(text) || WORD.test(text)) {
    return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
  }
  return text;
}

/**
 * The text of a string of several lines: a literal block.
 *
 * @param text the string
 * @param line what starts each line of it: a line break and the indentation
 */
export function blockText(text: string, line: string): string {
  if (CONTROL_OR_SURROGATE.test(text) || UNUSUAL_START_OR_END.test(text)) {
    return cdk8sText(text).replaceAll('\n  ', line);
  }
  const clipped = text.endsWith('\n');
  const lines = clipped ? text.slice(0, -1) : text;
  // an empty line stays empty
  return `${clipped ? '|' : '|-'}${line}${lines.replace(/\n(?!\n)/g, line)}`;
}

/**
 * The text as cdk8s writes it, where lines after the first are indented by two spaces.
 */
export function cdk8sText(text: string): string {
  const known = cache.get(text);
  if (known !== undefined) {
    return known;
  }
  const written = Yaml.stringify([text]).slice('- '.length, -'\n'.length);
  if (text.length <= LONGEST_CACHED) {
    if (cache.size === CACHE_LIMIT) {
      cache.clear();
    }
    cache.set(text, written);
  }
  return written;
}
