import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peakMegabytes } from './peak-memory';

/**
 * What one process measured.
 */
export interface CheckMemoryMeasurement {
  readonly manifests: number;
  readonly peakMegabytes: number;
}

// one process: checks the files of a folder, or reads them with the package `yaml` and keeps the values; it loads nothing else
const [program, folder] = process.argv.slice(2);
const manifests = program === 'check' ? checked() : read();
const measurement: CheckMemoryMeasurement = { manifests, peakMegabytes: peakMegabytes() };
console.log(JSON.stringify(measurement));

/** Runs the command, and gives the number of objects that it tells. */
function checked(): number {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { check } = require('../src/cli/check') as typeof import('../src/cli/check');
  let output = '';
  check([folder], { out: text => { output += text; }, err: () => undefined, outIsTerminal: false, errIsTerminal: false });
  return Number(/in ([\d,]+) objects/.exec(output)![1].replace(/,/g, ''));
}

function read(): number {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  const kept: unknown[] = [];
  for (const file of readdirSync(folder)) kept.push(...parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map(document => document.toJS()));
  return kept.length;
}
