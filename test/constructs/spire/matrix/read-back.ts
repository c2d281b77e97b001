import { ObjectList, parseHcl, textOf, Value } from '../../../../src/formats/hcl/reader';
import { expandEnv } from '../../../../src/model/spire/expand-env';

/**
 * The text as SPIRE parses it: with -expandEnv each variable is its own name in angle brackets.
 */
export function expanded(text: string, args: string[], valueOf: (name: string) => string | undefined = (name) => `<${name}>`): string {
  if (!args.includes('-expandEnv')) {
    return text;
  }
  const names = [...text.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map((match) => match[1]);
  return expandEnv(text, new Map(names.map((name) => [name, valueOf(name)])));
}

/**
 * A section of a configuration by its path: names of blocks, or type and name of a plugin for its plugin_data.
 */
export function section(text: string, path: string): any {
  const names = path.split(' ');
  const file = plain(parseHcl(text));
  const from = /^[A-Z]/.test(names[0]) ? ['plugins', ...names, 'plugin_data'] : names;
  return from.reduce((at: any, name) => {
    if (at?.[name] === undefined) {
      throw new Error(`there is no '${name}' of '${path}' in\n${text}`);
    }
    return at[name];
  }, file);
}

/**
 * HCL as plain values: labels of blocks are keys.
 */
export function plain(list: ObjectList): any {
  const result: any = {};
  for (const item of list.items) {
    const keys = item.keys.map((key) => textOf(key.token));
    const last = keys.pop()!;
    const at = keys.reduce((parent, key) => parent[key] ??= {}, result);
    if (last in at) {
      throw new Error(`'${last}' is written twice`);
    }
    at[last] = value(item.value);
  }
  return result;
}

function value(node: Value): any {
  switch (node.kind) {
    case 'object': return plain(node.list);
    case 'list': return node.elements.map(value);
    case 'literal': return literal(node.token.type, textOf(node.token));
  }
}

function literal(type: string, text: string): string | number | boolean {
  return type === 'NUMBER' ? Number(text) : type === 'BOOL' ? text === 'true' : text;
}
