import { Engine } from '../src/checks/engine';
import { RULES } from '../src/checks/rules';

/**
 * What it takes to check texts that somebody wrote to keep the check busy.
 */
export interface HostileMeasurement {
  readonly text: string;
  /** Processor time of 100,000 characters. */
  readonly few: number;
  /** Processor time of a million characters. */
  readonly many: number;
}

const TEXTS = { 'quote characters': '"', 'closing brackets': ']', 'lists that do not end': '[,', 'one key': 'a: 1\n', 'aliases': 'a: &a 1\nb: *a\n' };

function milliseconds(text: string): number {
  const start = process.cpuUsage();
  const engine = new Engine();
  engine.add({ file: 'a.yaml', text });
  engine.run(RULES);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

// one process: the first one compiles
milliseconds('a');
const measurements: HostileMeasurement[] = Object.entries(TEXTS).map(([text, piece]) => {
  const repeated = (characters: number) => piece.repeat(characters / piece.length);
  return { text, few: milliseconds(repeated(100_000)), many: milliseconds(repeated(1_000_000)) };
});
console.log(JSON.stringify(measurements));
