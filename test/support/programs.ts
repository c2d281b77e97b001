import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/**
 * Whether a program can be run; a test that needs it skips itself otherwise, and says so in its title.
 */
export function isOnPath(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

/**
 * Runs a command to its end; throws with its output when it fails.
 */
export function run(program: string, args: string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  }
  return stdout;
}

/**
 * Starts a program; the returned function ends it.
 */
export function start(program: string, args: string[]): () => Promise<void> {
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return () => {
    child.kill();
    return ended;
  };
}

/**
 * Tries until it succeeds, for at most ten seconds.
 */
export async function eventually<T>(attempt: () => T): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/**
 * Ports of this machine that nobody listens on.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
