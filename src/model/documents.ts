import { LONGEST_FILE, LONGEST_RARE } from './longest';
import { objectsOf } from './objects';
import type { Reading } from './reading';
import { readYaml } from '../formats/yaml/reader';

/** Reads the YAML or JSON documents of a text; what is broken is told, never thrown. */
export function readDocuments(file: string, original: string): Reading {
  // files that were put together may have a mark in the middle
  const text = original.includes('\uFEFF') ? original.replace(/^\uFEFF/gm, '') : original;
  const refuse = (reason: string): Reading => ({ manifests: [], unread: [{ file, line: 1, reason }] });
  if (text.length > LONGEST_FILE) return refuse('the file is larger than 64 MiB');
  if (text.includes('\0')) return refuse('the file is binary');
  return readEach(file, text) ?? readAny(file, text);
}

/** Reads document by document; undefined where that cannot be, or one is broken, whose error depends on those around it if they are few. */
function readEach(file: string, text: string): Reading | undefined {
  if (/^(?:%|\.\.\.)/m.test(text)) return undefined;
  const reading: Reading = { manifests: [], unread: [] };
  let firstLine = 1;
  for (const part of partsOf(text)) {
    const read = readYaml(part);
    if (read) {
      reading.manifests.push(...objectsOf(file, { text: part, firstLine }, read.value));
    } else {
      const { manifests, unread } = readAny(file, part, firstLine);
      if (unread.length > 0 && text.length <= LONGEST_RARE) return undefined;
      reading.manifests.push(...manifests);
      reading.unread.push(...unread);
    }
    firstLine += lineBreaksIn(part);
  }
  return reading;
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
