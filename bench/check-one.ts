import { parseAllDocuments } from 'yaml';
import { texts } from './check-texts';
import { Engine } from '../src/checks/engine';
import { RULES } from '../src/checks/rules';

/**
 * What one process measured.
 */
export interface CheckMeasurement {
  readonly objects: number;
  /** Processor time to read the texts once with the package `yaml`. */
  readonly reading: number;
  /** Processor time to read and check them. */
  readonly checking: number;
}

/** The better of two runs: the first one also compiles. */
function milliseconds(work: () => void): number {
  return Math.min(...[0, 1].map(() => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }));
}

// one process: reads and checks the manifests of some clusters
const [clusters, fixtures] = process.argv.slice(2);
const inputs = [...texts(Number(clusters), 10_000, fixtures)];
const reading = milliseconds(() => inputs.forEach(({ text }) => parseAllDocuments(text).map(document => document.toJS())));
let objects = 0;
const checking = milliseconds(() => {
  const engine = new Engine();
  inputs.forEach(text => engine.add(text));
  ({ objects } = engine.run(RULES));
});
const measurement: CheckMeasurement = { objects, reading, checking };
console.log(JSON.stringify(measurement));
