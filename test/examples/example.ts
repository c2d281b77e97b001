import { Synthesized } from '../support/synth';

/**
 * Runs an example and reads what it writes.
 */
export function exampleOutput(name: string): Synthesized {
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const folder = `${__dirname}/../../examples/${name}`;
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(`${folder}/main`);
    return Synthesized.read(`${folder}/dist`);
  } finally {
    log.mockRestore();
  }
}
