/**
 * Command and arguments as the words that a program gets, where a shell is told to run it: `sh -c "exec spire-server run -expandEnv"`.
 *
 * Of several commands it is the last: the others end before it, and what a shell fills in is a variable of the container.
 */
export function commandWords(args: readonly string[]): readonly string[] {
  const script = /(^|\/)(ba|da|a)?sh$/.test(args[0] ?? '') ? args[args.findIndex(arg => /^-[a-z]*c$/.test(arg)) + 1] : undefined;
  if (script === undefined || script === args[0]) return args;
  const commands = script.replace(/\\\r?\n/g, ' ').split(/[;&|\n]+/).filter(command => command.trim() !== '');
  return (commands[commands.length - 1] ?? '').trim().split(/\s+/).map(word => word.replace(/["']/g, '').replace(/\$\{?([A-Za-z_]\w*)\}?/g, '$$($1)'));
}
