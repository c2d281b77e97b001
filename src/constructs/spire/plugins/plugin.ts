import { PluginPod } from './plugin-pod';
import { PluginProgram } from './plugin-program';
import { HclBody } from '../../../formats/hcl';

/**
 * A plugin of the SPIRE server or agent, as its configuration file names it.
 */
export interface Plugin {
  readonly type: string;
  readonly name: string;

  /**
   * The program of a plugin that is not built in.
   */
  readonly program?: PluginProgram;

  /**
   * Writes the inside of `plugin_data` and asks the pod for what that needs.
   */
  configure(data: HclBody, pod: PluginPod): void;
}

/**
 * A plugin without any configuration.
 */
export function plainPlugin(type: string, name: string): Plugin {
  return { type, name, configure: () => undefined };
}
