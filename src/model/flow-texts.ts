import { Document, isCollection, isScalar, visit } from 'yaml';

/** A place in a text, and the words of it that are meant. */
interface Words {
  readonly from: number;
  readonly to: number;
}

const ENDS = /:[,\]}]/;
const STARTS = /[[{,]\s*:\S|:[ \t]+:\S/;

/** How many brackets around each other may hide a text from the reader of YAML 1.2. */
const MAX_READINGS = 10;

/**
 * The text with quotes around what Kubernetes takes as a text: in a list or mapping in brackets, a colon ends a key only where
 * something blank is behind it, so `[fe80::, a]` has two texts.
 */
export function quoteFlowTexts(text: string, parse: (text: string) => readonly Document[]): string {
  let last = text;
  for (let i = 0; ENDS.test(last) && i < MAX_READINGS; i++) {
    const next = quote(last, parse(last));
    if (next === last) break;
    last = next;
  }
  return last;
}

function quote(text: string, documents: readonly Document[]): string {
  const found = documents.flatMap(document => keysWithColon(text, document));
  return found.sort((a, b) => b.from - a.from).reduce((quoted, { from, to }) =>
    `${quoted.slice(0, from)}'${quoted.slice(from, to).replace(/'/g, '\'\'')}'${quoted.slice(to)}`, text);
}

/** Keys whose colon has nothing blank behind it; in `{cidr: fe80::}` YAML 1.2 has a mapping that may not be there. */
function keysWithColon(text: string, document: Document): Words[] {
  const found: Words[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.type !== 'PLAIN' || !key.range || text[key.range[0]] === ':') return;
      const [from, end] = key.range;
      if (/^:[,\]}]/.test(text.slice(end, end + 2))) found.push({ from, to: end + 1 });
    },
  });
  return found;
}

/** Whether a text in brackets may start with a colon. */
export function mayStartWithColon(text: string): boolean {
  return STARTS.test(text);
}

/** Where a text in brackets starts with a colon, as in `[::1]`, which the reader of Kubernetes refuses. */
export function colonInBrackets(text: string, document: Document): number | undefined {
  let at: number | undefined;
  visit(document, {
    Scalar: (_, { type, range }, path) => {
      if (type !== 'PLAIN' || !range || text[range[0]] !== ':' || !path.some(node => isCollection(node) && node.flow)) return;
      at = range[0];
      return visit.BREAK;
    },
  });
  return at;
}
