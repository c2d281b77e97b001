import { UsageError } from './arguments';
import { CHECK_HELP, Streams, check } from './check';

const HELP = `Usage: cdk8s-spiffe COMMAND

  check PATH...   find what is wrong in manifests and configurations
  help check      how to use it
`;

/** Runs the command line, returns the exit code. */
export function main(args: readonly string[], streams: Streams): number {
  const [command, ...rest] = args;
  try {
    if (command === 'check' && !rest.some(arg => arg === '--help' || arg === '-h')) return check(rest, streams);
    if (command === 'check' || (command === 'help' && rest[0] === 'check')) {
      streams.out(CHECK_HELP);
      return 0;
    }
    if (command === 'help' || command === '--help' || command === '-h') {
      streams.out(HELP);
      return 0;
    }
    throw new UsageError(command === undefined ? 'no command is given' : `unknown command ${command}`);
  } catch (error) {
    const expected = error instanceof UsageError || (error as NodeJS.ErrnoException).code !== undefined || error instanceof SyntaxError;
    streams.err(`${expected ? (error as Error).message : (error as Error).stack}\n${command === 'check' ? '' : `\n${HELP}`}`);
    return 2;
  }
}

/** Runs the command line of this process. */
export function run(): void {
  process.exitCode = main(process.argv.slice(2), {
    out: text => process.stdout.write(text),
    err: text => process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true && !process.env.NO_COLOR,
    errIsTerminal: process.stderr.isTTY === true,
  });
}
