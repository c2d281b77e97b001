/** What a shell and every Unix have. */
const USUAL = new Set([
  ...['case', 'cd', 'done', 'echo', 'esac', 'exit', 'export', 'fi', 'for', 'printf', 'read', 'set', 'test'],
  ...['awk', 'base64', 'cat', 'chmod', 'cp', 'cut', 'date', 'diff', 'env', 'false', 'find', 'grep', 'head', 'ls', 'mkdir', 'mv', 'rm', 'sed', 'sh', 'sleep', 'sort'],
  ...['tail', 'tee', 'touch', 'tr', 'true', 'uniq', 'wc', 'xargs'],
]);

/** The first releases that know the arguments which steps use. */
const RELEASES: { readonly [program: string]: string } = {
  kubectl: '1.22 or later, and at most one minor release older or newer than the API server',
  jq: '1.5 or later',
  openssl: 'OpenSSL 1.1.1 or later',
  curl: '7.49 or later',
};

/**
 * The programs that a command of a shell starts, beside those that are everywhere. What stands in quotes is for others to start.
 */
export function programsOf(command: string): string[] {
  const bare = command.replaceAll('\\\n', ' ')
    .replace(/'[^']*'/g, "''")
    .replace(/"[^"]*"/g, (text) => (text.match(/\$\([^()]*\)/g) ?? ['""']).join(''));
  const first = bare.split(/\$\(|[|&;(\n]/).flatMap((part) => /^\s*(?:(?:\w+=\S*|do|then|else|if|while|until|!)\s+)*([A-Za-z][\w.+-]*)(?!\S)/.exec(part)?.[1] ?? []);
  return first.filter((program) => !USUAL.has(program));
}

/**
 * The programs that commands start, as a list in Markdown, each with the releases that do.
 *
 * @param stated releases that depend on what is rolled out
 */
export function programList(commands: string[], stated: ReadonlyMap<string, string>): string[] {
  const programs = [...new Set(commands.flatMap(programsOf))];
  return programs.map((program) => {
    const releases = stated.get(program) ?? RELEASES[program];
    return releases === undefined ? `- \`${program}\`` : `- \`${program}\`: ${releases}`;
  });
}
