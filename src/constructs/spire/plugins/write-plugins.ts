import { Plugin } from './plugin';
import { PluginPod } from './plugin-pod';
import { HclBody } from '../../../formats/hcl';

/**
 * Writes the `plugins` section and gathers what the plugins need.
 *
 * Throws when the same plugin is there twice, which SPIRE refuses.
 */
export function writePlugins(file: HclBody, plugins: Plugin[], pod: PluginPod): void {
  const section = file.block('plugins');
  const seen = new Set<string>();
  for (const plugin of plugins) {
    const key = `${plugin.type} "${plugin.name}"`;
    if (seen.has(key)) {
      throw new Error(`${key} is given twice: SPIRE takes each plugin once, put everything into one`);
    }
    seen.add(key);
    writePlugin(section.block(plugin.type, plugin.name), plugin, pod);
  }
}

function writePlugin(block: HclBody, plugin: Plugin, pod: PluginPod): void {
  if (plugin.program) {
    const { path, checksum, args } = plugin.program._props();
    block.attributes({ plugin_cmd: path, plugin_checksum: checksum, plugin_args: args });
    pod.run(plugin.name, plugin.program);
  }
  plugin.configure(block.block('plugin_data'), pod);
}
