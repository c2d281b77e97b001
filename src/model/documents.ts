import { DocumentOfFile } from './document-of-file';
import { LONGEST_FILE, LONGEST_RARE } from './longest';
import { objectsOf } from './objects';
import type { Keeping, Reading } from './reading';
import { readYaml } from '../formats/yaml/reader';

/** Reads the YAML or JSON documents of a text; what is broken is told, never thrown. */
export function readDocuments(file: string, original: string, keeping: Keeping = KEPT_AS_IT_IS): Reading {
  const text = withoutMarks(original);
  const { share, again } = keeping;
  const refuse = (reason: string): Reading => ({ manifests: [], unread: [{ file, line: 1, reason }] });
  if (text.length > LONGEST_FILE) return refuse('the file is larger than 64 MiB');
  if (text.includes('\0')) return refuse('the file is binary');
  return readEach(file, text, { share, again: text === original ? again : again && (() => withoutMarks(again())) }) ?? readAny(file, text);
}

const KEPT_AS_IT_IS: Keeping = { share: value => value };

/** Reads document by document; undefined where that cannot be, or one is broken, whose error depends on those around it if they are few. */
function readEach(file: string, text: string, { share, again }: Keeping): Reading | undefined {
  if (/^(?:%|\.\.\.)/m.test(text)) return undefined;
  const reading: Reading = { manifests: [], unread: [] };
  let [firstLine, next] = [1, 0];
  for (const part of partsOf(text)) {
    const [start, end] = [next, next + part.length];
    const read = readYaml(part);
    if (read) {
      const written = again ? new DocumentOfFile(again, start, end, firstLine) : { text: part, firstLine };
      reading.manifests.push(...objectsOf(file, written, share(read.value)));
    } else {
      const { manifests, unread } = readAny(file, part, firstLine);
      if (unread.length > 0 && text.length <= LONGEST_RARE) return undefined;
      reading.manifests.push(...manifests);
      reading.unread.push(...unread);
    }
    firstLine += lineBreaksIn(part);
    next = end;
  }
  return reading;
}

/** Files that were put together may have a mark of the byte order in the middle. */
function withoutMarks(text: string): string {
  return text.includes('\uFEFF') ? text.replace(/^\uFEFF/gm, '') : text;
}

function readAny(file: string, text: string, firstLine = 1): Reading {
  // Loaded when it is needed: most files have no YAML that is rare.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { readAnyDocuments } = require('./any-documents') as typeof import('./any-documents');
  return readAnyDocuments(file, text, firstLine);
}

/** The texts of the documents; what is before the first `---` belongs to it, unless it is a document. */
function partsOf(text: string): string[] {
  const starts = [...text.matchAll(/(?<=^|\n)---(?![^ \t\r\n])/g)].map(({ index }) => index!);
  if (starts.length > 0 && /^(?: *(?:#[^\n]*)?\n)*$/.test(text.slice(0, starts[0]))) starts.shift();
  return [0, ...starts].map((start, i) => text.slice(start, starts[i]));
}

function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
