import { Document, LineCounter, Scalar, isMap, isScalar, parseAllDocuments } from 'yaml';
import { colonInBrackets, mayStartWithColon, quoteFlowTexts } from './flow-texts';
import { Json, Manifest, Path, Written } from './manifest';
import type { Reading } from './reading';
import { repeatedKeys } from './repeated-keys';

// Above this a file is not meant to be read by people or API servers.
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads the YAML or JSON documents of a text; what is broken is told, never thrown. */
export function readDocuments(file: string, original: string): Reading {
  // files that were put together may have a mark in the middle
  let text = original.includes('\uFEFF') ? original.replace(/^\uFEFF/gm, '') : original;
  const refuse = (reason: string, line = 1): Reading => ({ manifests: [], unread: [{ file, line, reason }] });
  if (text.length > MAX_BYTES) return refuse('the file is larger than 64 MiB');
  if (text.includes('\0')) return refuse('the file is binary');
  const lines = new LineCounter();
  let documents;
  try {
    text = quoteFlowTexts(text, one => parse(one, new LineCounter()));
    documents = parse(text, lines);
  } catch (error) {
    return refuse(`no YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  const reading: Reading = { manifests: [], unread: [] };
  let start = 0;
  for (const document of documents) {
    const end = document.range?.[2] ?? text.length;
    addDocument(file, text, document, lines, start, end, reading);
    start = end;
  }
  return reading;
}

function parse(text: string, lineCounter: LineCounter): Document[] {
  const documents = parseAllDocuments(text, { lineCounter, logLevel: 'silent', merge: true, uniqueKeys: false });
  return Array.isArray(documents) ? documents : [];
}

function addDocument(file: string, text: string, document: Document, lines: LineCounter, start: number, end: number, reading: Reading): void {
  const error = document.errors[0];
  if (error) {
    reading.unread.push({ file, line: lines.linePos(error.pos[0]).line, reason: reasonOf(error.message, text, error.pos[0]) });
    return;
  }
  const second = secondObject(document);
  if (second !== undefined) {
    reading.unread.push({ file, line: lines.linePos(second).line, reason: 'there is no --- before a second object' });
    return;
  }
  const colon = isObject(document) && mayStartWithColon(text.slice(start, end)) ? colonInBrackets(text, document) : undefined;
  if (colon !== undefined) {
    reading.unread.push({ file, line: lines.linePos(colon).line, reason: COLON });
    return;
  }
  let value: Json;
  try {
    value = document.toJS({ maxAliasCount: 1000 });
  } catch (bomb) {
    reading.unread.push({ file, line: lines.linePos(document.range?.[0] ?? start).line, reason: (bomb as Error).message });
    return;
  }
  const repeated = repeatedKeys(document, lines);
  const written = { text: text.slice(start, end), firstLine: lines.linePos(start).line, repeated };
  addObjects(file, written, value, reading);
}

const COLON = 'a text in brackets starts with a colon, which Kubernetes cannot read: put it into quotes';

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
  if (line.includes('{{')) return 'an unrendered template: run helm template first';
  return message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
}

/** How deep lists may be in lists; one that holds itself by an alias has no end. */
const MAX_LISTS = 8;

function addObjects(file: string, written: Written, value: Json, reading: Reading, root: Path = []): void {
  if (typeof value !== 'object' || value === null) return;
  if (typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items) && root.length < 2 * MAX_LISTS) {
    value.items.forEach((item: Json, i: number) => addObjects(file, written, item, reading, [...root, 'items', i]));
    return;
  }
  reading.manifests.push(new Manifest(file, written, value, root));
}
