import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { texts } from './check-texts';
import { check } from '../src/cli/check';

/**
 * What one process measured.
 */
export interface CheckMemoryMeasurement {
  readonly manifests: number;
  readonly peakMegabytes: number;
}

// one process: checks the files of about so many manifests of one cluster
const [count, fixtures, parent] = process.argv.slice(2);
const folder = mkdtempSync(join(parent, 'check-'));
try {
  for (const { file, text } of texts(1, Number(count), fixtures)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const manifests = told(folder);
  const measurement: CheckMemoryMeasurement = { manifests, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  console.log(JSON.stringify(measurement));
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs the command, and gives the number of objects that it tells. */
function told(path: string): number {
  let output = '';
  check([path], { out: text => { output += text; }, err: () => undefined, outIsTerminal: false, errIsTerminal: false });
  return Number(/in ([\d,]+) objects/.exec(output)![1].replace(/,/g, ''));
}
