import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { texts } from './check-texts';
import { check } from '../src/cli/check';

/**
 * What one process measured.
 */
export interface CheckMemoryMeasurement {
  readonly manifests: number;
  readonly peakMegabytes: number;
}

// one process: checks the files of about so many manifests of one cluster, or reads them with the package `yaml` and keeps the values
const [program, count, fixtures, parent] = process.argv.slice(2);
const folder = mkdtempSync(join(parent, 'check-'));
try {
  const files = [...texts(1, Number(count), fixtures)].map(({ file, text }) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  const manifests = program === 'check' ? checked(folder) : read(files);
  const measurement: CheckMemoryMeasurement = { manifests, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  console.log(JSON.stringify(measurement));
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs the command, and gives the number of objects that it tells. */
function checked(path: string): number {
  let output = '';
  check([path], { out: text => { output += text; }, err: () => undefined, outIsTerminal: false, errIsTerminal: false });
  return Number(/in ([\d,]+) objects/.exec(output)![1].replace(/,/g, ''));
}

function read(files: string[]): number {
  const kept: unknown[] = [];
  for (const file of files) kept.push(...parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS()));
  return kept.length;
}
