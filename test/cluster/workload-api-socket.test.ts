import { posix } from 'node:path';
import * as fc from 'fast-check';
import { WorkloadApiSocket } from '../../src/cluster';

test('without being asked the socket fails closed', () => {
  const socket = WorkloadApiSocket.of();
  expect([socket.path, socket.csiDriver, socket.failsClosed]).toEqual(['/run/spire/agent-sockets/spire-agent.sock', 'csi.spiffe.io', true]);
});

test('the name that Istio falls back with does not fail closed', () => {
  expect(WorkloadApiSocket.of({ fileName: 'socket' }).failsClosed).toBe(false);
});

test('a path that is taken is the shortest way to write it, and fits into a socket address', () => {
  const parts = fc.string({ unit: fc.constantFrom('run', '/', '.', '-', 'a', '_', ' ', ':'), maxLength: 40 });
  fc.assert(fc.property(parts.map((rest) => `/${rest}`), parts, (directory, fileName) => {
    try {
      const socket = WorkloadApiSocket.of({ directory, fileName });
      expect(posix.normalize(socket.path)).toBe(socket.path);
      expect(posix.dirname(socket.path)).toBe(directory);
      expect(Buffer.byteLength(socket.path)).toBeLessThanOrEqual(107);
    } catch (error) {
      expect((error as Error).message).toMatch(/^socket (directory|file name|path)/);
    }
  }), { numRuns: 500 });
});

test.each([
  [{ directory: 'run/spire' }, "socket directory 'run/spire' is no absolute path"],
  [{ directory: '/run/spire/' }, 'is no absolute path'],
  [{ directory: '/' }, 'is no absolute path'],
  [{ directory: '/run/../etc' }, "without '.', '..' or a trailing slash"],
  [{ directory: '/run/.' }, 'is no absolute path'],
  [{ fileName: 'a/b' }, "socket file name 'a/b' is no file name: give the name without a path"],
  [{ fileName: '' }, "socket file name ''"],
  [{ fileName: '..' }, "socket file name '..'"],
  [{ csiDriver: '' }, "CSI driver name '' is no name of a driver"],
  [{ csiDriver: 'CSI.spiffe.io' }, 'is no name of a driver'],
  [{ csiDriver: 'csi.spiffe.io/x' }, 'is no name of a driver'],
  [{ directory: `/${'a'.repeat(100)}` }, 'socket path of 118 bytes is too long: Linux allows 107'],
])('fails for %j', (props, message) => {
  expect(() => WorkloadApiSocket.of(props)).toThrow(message);
});

test('names that only begin with dots are allowed', () => {
  expect(WorkloadApiSocket.of({ directory: '/run/.spire/..x', fileName: '.sock' }).path).toBe('/run/.spire/..x/.sock');
});
