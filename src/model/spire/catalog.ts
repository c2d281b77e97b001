import { warnOfDropped } from './dropped';
import { Environment } from './expand-env';
import { Plugin } from './plugin-set';
import { PluginKind, Report } from './plugins/plugin-kind';
import { Problems, UNKNOWN } from './problems';
import { Block, NOWHERE, Position, parseHcl, decode, print, redecode } from '../../formats/hcl/reader';

/** How many plugins of a type there may be. */
export interface PluginType {
  readonly builtIns: Record<string, PluginKind>;
  readonly min: number;
  readonly max: number;
}

/** A plugin with its configuration read. */
export interface LoadedPlugin extends Plugin {
  readonly config: Block;
}

/** Loads plugins as SPIRE's catalog does: type, name, configuration, then the counts. */
export function loadPlugins(plugins: Plugin[], types: Record<string, PluginType>, problems: Problems, environment?: Environment): LoadedPlugin[] {
  const loaded: LoadedPlugin[] = [];
  const counts = new Map<string, number>();
  for (const plugin of plugins) {
    const type = types[plugin.type];
    if (!type) {
      problems.refuse('plugin-set', `there is no plugin type "${plugin.type}" here`, plugin.position, `use one of ${Object.keys(types).join(', ')}`);
      continue;
    }
    if (!plugin.enabled) continue;
    counts.set(plugin.type, (counts.get(plugin.type) ?? 0) + 1);
    const config = configOf(plugin, type, problems, environment);
    if (config) loaded.push({ ...plugin, config });
  }
  for (const [name, type] of Object.entries(types)) checkCount(name, type, counts.get(name) ?? 0, plugins, problems);
  return loaded;
}

function checkCount(name: string, { min, max }: PluginType, count: number, plugins: Plugin[], problems: Problems): void {
  if (count >= min && count <= max) return;
  const wanted = min === max ? `exactly ${min}` : count < min ? `at least ${min}` : `at most ${max}`;
  const position = plugins.filter(plugin => plugin.type === name)[1]?.position ?? plugins[0]?.position ?? NOWHERE;
  problems.refuse('plugin-set', `${wanted} ${name} plugin is needed, got ${count}`, position);
}

function configOf(plugin: Plugin, type: PluginType, problems: Problems, environment?: Environment): Block | undefined {
  const empty = new Block(plugin.position);
  if (plugin.external) return empty;
  const kind = Object.prototype.hasOwnProperty.call(type.builtIns, plugin.name) ? type.builtIns[plugin.name] : undefined;
  if (!kind) {
    problems.refuse('plugin-set', `there is no built-in ${plugin.type} "${plugin.name}"`, plugin.position,
      `use one of ${Object.keys(type.builtIns).join(', ')}, or set plugin_cmd`);
    return undefined;
  }
  if (plugin.dataFile) return empty;
  return configure(plugin, kind, problems, environment) ?? empty;
}

/** Configures one built-in plugin from the print of its plugin_data. */
export function configure(plugin: Plugin, kind: PluginKind, problems: Problems, environment?: Environment): Block | undefined {
  const what = `${plugin.type} "${plugin.name}"`;
  if (!kind.shape) {
    if (plugin.data) problems.refuse('plugin-data', `${what} takes no configuration`, plugin.position, 'empty its plugin_data');
    return undefined;
  }
  const shape = kind.shape;
  const config = problems.attempt('plugin-data', what, () =>
    plugin.data ? decodeData(plugin, shape) : decode('root', parseHcl(''), shape, undefined) as Block);
  if (!config) return undefined;
  const at = (key: string | undefined, inner: Block): Position => (key !== undefined && inner.has(key) ? inner.at(key) : known(plugin, config));
  const report: Report = (message, key, fix, inner = config) => {
    if (key === undefined || !isUnknown(inner.value(key))) problems.refuse('plugin-data', `${what}: ${message}`, at(key, inner), fix);
  };
  const note: Report = (message, key, fix, inner = config) => problems.warn('notes', `${what}: ${message}`, at(key, inner), fix);
  if (kind.strict) config.unused.forEach((position, key) => problems.refuse('plugin-data', `${what}: unknown key "${key}"`, position, 'remove or correct the key'));
  if (plugin.data && plugin.data.kind !== 'literal') warnOfDropped(plugin.data, shape, what, problems);
  problems.attempt('plugin-data', what, () => kind.check?.(config, report, { problems, note, data: plugin.data, environment }));
  return config;
}

/** Whether a value has a part that only the running container knows. */
function isUnknown(value: unknown): boolean {
  return typeof value === 'string' ? value.includes(UNKNOWN) : Array.isArray(value) && value.some(isUnknown);
}

function decodeData(plugin: Plugin, shape: NonNullable<PluginKind['shape']>): Block {
  const data = plugin.data!;
  if (data.kind !== 'literal') return redecode(data, shape);
  return decode('root', parseHcl(print(data)), shape, undefined) as Block;
}

function known(plugin: Plugin, config: Block): Position {
  return config.position.line > 0 ? config.position : plugin.position;
}
