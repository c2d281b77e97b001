/**
 * Refuses a path at which no Unix socket can be.
 *
 * @param what the path is, such as `socket path`
 */
export function requireSocketLength(what: string, path: string): void {
  if (path.length > LONGEST) {
    throw new Error(`${what} of ${path.length} bytes is too long: Linux allows ${LONGEST}, shorten '${path}'`);
  }
}

/** What sockaddr_un has room for, without the zero byte behind it. */
const LONGEST = 107;
