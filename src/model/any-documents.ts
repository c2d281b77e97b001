import { Document, LineCounter, Scalar, isMap, isNode, isScalar, visit } from 'yaml';
import { colonInBrackets, mayStartWithColon, quoteFlowTexts } from './flow-texts';
import { LONGEST_RARE } from './longest';
import { Json } from './manifest';
import { objectsOf } from './objects';
import { parsedDocuments } from './parsed-documents';
import { Reading, UNRENDERED } from './reading';
import { repeatedKeys } from './repeated-keys';

/**
 * Reads documents with all that YAML has.
 *
 * @param firstLine the line of the file on which the text starts
 */
export function readAnyDocuments(file: string, original: string, firstLine: number): Reading {
  if (original.length > LONGEST_RARE) return { manifests: [], unread: [{ file, line: firstLine, reason: TOO_LONG }] };
  const lines = new LineCounter();
  let [text, documents]: [string, Document[]] = [original, []];
  try {
    text = quoteFlowTexts(original, one => parsedDocuments(one));
    documents = parsedDocuments(text, lines);
  } catch (error) {
    return { manifests: [], unread: [{ file, line: firstLine, reason: `no YAML: ${(error as Error).message.split('\n')[0]}` }] };
  }
  const reading: Reading = { manifests: [], unread: [] };
  const lineOf = (offset: number) => firstLine + lines.linePos(offset).line - 1;
  let start = 0;
  for (const document of documents) {
    const end = document.range?.[2] ?? text.length;
    addDocument({ file, text, start, end, lineOf }, document, reading);
    start = end;
  }
  return reading;
}

const TOO_LONG = 'a document of more than 2 MiB is broken, or has what is rare in YAML (anchors, tags, tabs): correct it, or split it';

/** Where a document is. */
interface Place {
  readonly file: string;
  /** The text with all documents. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The line of the file for a place in the text. */
  readonly lineOf: (offset: number) => number;
}

function addDocument({ file, text, start, end, lineOf }: Place, document: Document, reading: Reading): void {
  const error = document.errors[0];
  if (error) {
    reading.unread.push({ file, line: lineOf(error.pos[0]), reason: reasonOf(error.message, text, error.pos[0]) });
    return;
  }
  const second = secondObject(document);
  if (second !== undefined) {
    reading.unread.push({ file, line: lineOf(second), reason: 'there is no --- before a second object' });
    return;
  }
  const colon = isObject(document) && mayStartWithColon(text.slice(start, end)) ? colonInBrackets(text, document) : undefined;
  if (colon !== undefined) {
    reading.unread.push({ file, line: lineOf(colon), reason: COLON });
    return;
  }
  if (isObject(document)) templatesAsTexts(document, text);
  const fault = aliasFault(document);
  if (fault !== undefined) {
    reading.unread.push({ file, line: lineOf(fault.at), reason: fault.reason });
    return;
  }
  let value: Json;
  try {
    value = document.toJS({ maxAliasCount: 1000 });
  } catch (bomb) {
    reading.unread.push({ file, line: lineOf(document.range?.[0] ?? start), reason: (bomb as Error).message });
    return;
  }
  const written = { text: text.slice(start, end), firstLine: lineOf(start), repeated: repeatedKeys(document, lineOf) };
  for (const manifest of objectsOf(file, written, value)) reading.manifests.push(manifest);
}

const COLON = 'a text in brackets starts with a colon, which Kubernetes cannot read: put it into quotes';

/** Takes `{{ .Values.a }}`, in YAML a mapping that is the key of another, for the text that it is meant as. */
function templatesAsTexts(document: Document, text: string): void {
  visit(document, {
    Map: (_, { items, range }) => range && items.length === 1 && isMap(items[0].key) ? new Scalar(text.slice(range[0], range[1])) : undefined,
  });
}

// Each is looked for among all others.
const MOST_ALIASES = 10_000;

/** Where an alias has no end, as it is in the node that it names, or is one too many. */
function aliasFault(document: Document): { readonly at: number; readonly reason: string } | undefined {
  let fault: ReturnType<typeof aliasFault>;
  let count = 0;
  visit(document, {
    Alias: (_, { source, range }, path) => {
      const isInItself = path.some(node => isNode(node) && 'anchor' in node && node.anchor === source);
      if (!isInItself && ++count <= MOST_ALIASES) return;
      fault = { at: range?.[0] ?? 0, reason: isInItself ? 'an alias stands in what it stands for' : `there are more than ${MOST_ALIASES} aliases` };
      return visit.BREAK;
    },
  });
  return fault;
}

/** Whether a document is an object of Kubernetes, and not the input of a program that reads YAML in its own way. */
function isObject({ contents }: Document): boolean {
  return isMap(contents) && contents.has('apiVersion') && contents.has('kind');
}

/** Where a second `kind` stands in one document, as when files are joined without separators. */
function secondObject({ contents }: Document): number | undefined {
  if (!isMap(contents)) return undefined;
  const kinds = contents.items.map(({ key }) => key).filter(key => isScalar(key) && key.value === 'kind');
  return (kinds[1] as Scalar | undefined)?.range?.[0];
}

function reasonOf(message: string, text: string, offset: number): string {
  const from = text.lastIndexOf('\n', offset) + 1;
  const line = text.slice(from, (text.indexOf('\n', offset) + 1 || text.length + 1) - 1);
  // a line of a template fails for another one as well
  if (line.includes('{{') || /^\s*\{\{-?\s*(if|else|end|range|with|define|include|template)\b/m.test(text)) return UNRENDERED;
  return message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
}
