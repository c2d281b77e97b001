import { CST, Composer, Document, LineCounter, Parser } from 'yaml';
import { LONGEST_RARE } from './longest';

// V8 ends the process, and throws nothing, where it has to compile a regular expression at the end of the stack
const DEEPEST = 1000;

/**
 * The documents of a text, with the errors that each has.
 *
 * @param longest the most characters that the text may have
 * @throws where it has more, or values are nested so deeply that no program reads them
 */
export function parsedDocuments(text: string, lineCounter = new LineCounter(), longest = LONGEST_RARE): Document[] {
  if (text.length > longest) throw new RangeError(`there are more than ${longest} characters`);
  return withoutStackTraces(() => [...composerWith(lineCounter).compose(flatEnough(new Parser(lineCounter.addNewLine).parse(text)))]);
}

function composerWith(lineCounter: LineCounter): Composer {
  return new Composer({ lineCounter, logLevel: 'silent', merge: true, prettyErrors: false, uniqueKeys: false });
}

/** What is no YAML has an error for each character, and the stack of an error costs more than all else. */
function withoutStackTraces<T>(make: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function* flatEnough(tokens: Iterable<CST.Token>): Iterable<CST.Token> {
  for (const token of tokens) {
    if (isTooDeep(token)) throw new RangeError(`values are nested more than ${DEEPEST} levels deep`);
    yield token;
  }
}

/** Looks level by level, as looking into what is nested would itself need the stack. */
function isTooDeep(token: CST.Token): boolean {
  let level = [token];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap(inside);
  }
  return false;
}

function inside(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter(part => !!part));
}
