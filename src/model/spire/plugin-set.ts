import { warnOfDropped } from './dropped';
import { Problems } from './problems';
import { BOOL, Block, Item, NODE, NOWHERE, Node, ObjectList, Position, STRINGS, Value, block, decode, listOf, mapOf, print, strings, textOf }
  from '../../formats/hcl/reader';

/** One plugin as the file names it. */
export interface Plugin {
  readonly type: string;
  readonly name: string;
  readonly external: boolean;
  readonly enabled: boolean;
  /** The node of plugin_data, undefined where there is none or nothing in it. */
  readonly data?: Node;
  /** Whether its configuration stands in another file. */
  readonly dataFile: boolean;
  readonly position: Position;
}

const PLUGIN = block({
  plugin_cmd: { kind: 'string' },
  plugin_args: STRINGS,
  ...strings('plugin_checksum'),
  plugin_data: NODE,
  plugin_data_file: { kind: 'string' },
  enabled: BOOL,
});
const PLUGINS = listOf(mapOf(mapOf(PLUGIN)));

/** Reads the `plugins` block as SPIRE's catalog does; undefined where SPIRE reads none of them. */
export function readPlugins(node: Node, problems: Problems): Plugin[] | undefined {
  if (node.kind !== 'objectList') {
    problems.refuse('syntax', 'plugins is not a block', node.kind === 'literal' ? node.token.position : node.position, 'write plugins { … }');
    return undefined;
  }
  const order = problems.attempt('plugin-set', 'plugins', () => identities(node));
  const maps = order && problems.attempt('syntax', 'plugins', () => decode('plugins', node, PLUGINS, undefined)) as Map<string, Map<string, Block>>[] | undefined;
  if (!order || !maps) return undefined;
  warnOfDropped(node, PLUGINS, 'plugins', problems);
  const seen = new Set<string>();
  for (const { type, name, position } of order) {
    const key = keyOf({ type, name });
    if (seen.has(key)) {
      problems.refuse('plugin-set', `plugin ${type} "${name}" is declared more than once`, position,
        'declare it once; in JSON wrap plugin_data, or the objects in it, in a list');
      return undefined;
    }
    seen.add(key);
  }
  const count = maps.flatMap(map => [...map.values()]).reduce((sum, byName) => sum + byName.size, 0);
  if (count !== order.length) {
    problems.refuse('plugin-set', `${order.length} plugins are declared and ${count} could be read`, node.position, 'write each as TYPE "name" { … }');
    return undefined;
  }
  const plugins = new Map(maps.flatMap(map => [...map]).flatMap(([type, byName]) =>
    [...byName].map(([name, plugin]): [string, Block] => [keyOf({ type, name }), plugin])));
  return order.flatMap(identity => {
    const found = plugins.get(keyOf(identity));
    return found ? [toPlugin(identity, found, problems)] : [];
  });
}

function keyOf({ type, name }: Pick<Identity, 'type' | 'name'>): string {
  return JSON.stringify([type, name]);
}

interface Identity {
  readonly type: string;
  readonly name: string;
  readonly position: Position;
}

/** Finds the plugins in the order of the file, whatever the nesting: the first two keys on the way down name one. */
function identities(list: ObjectList): Identity[] {
  const found: Identity[] = [];
  const visitItem = (item: Item, keys: string[]): void => {
    const all = [...keys, ...item.keys.map(key => textOf(key.token))];
    if (all.length >= 2) found.push({ type: all[0], name: all[1], position: item.position });
    else visitValue(item.value, all);
  };
  const visitValue = (value: Value, keys: string[]): void => {
    if (value.kind === 'object') value.list.items.forEach(item => visitItem(item, keys));
    if (value.kind === 'list') value.elements.forEach(element => visitValue(element, keys));
  };
  list.items.forEach(item => visitItem(item, []));
  return found;
}

function toPlugin({ type, name, position }: Identity, found: Block, problems: Problems): Plugin {
  const data = found.node('plugin_data');
  if (data && found.has('plugin_data_file')) {
    problems.refuse('plugin-set', `${type} "${name}" has plugin_data and plugin_data_file`, found.at('plugin_data_file'), 'keep one of the two');
  }
  const dataFile = found.has('plugin_data_file');
  const external = found.text('plugin_cmd') !== '';
  const enabled = found.bool('enabled') ?? true;
  const checksum = found.text('plugin_checksum');
  if (external && enabled && checksum !== '' && !/^[0-9a-fA-F]{64}$/.test(checksum)) {
    problems.refuse('plugin-set', `${type} "${name}": plugin_checksum "${checksum}" is no SHA-256 checksum`, found.at('plugin_checksum'),
      'write the 64 hexadecimal digits that sha256sum prints');
  }
  return {
    type,
    name,
    position: position.line === 0 ? NOWHERE : position,
    external,
    enabled,
    data: data && print(data) !== '' ? data : undefined,
    dataFile,
  };
}
