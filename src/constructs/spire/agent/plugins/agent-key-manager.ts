import { FileRef } from '../../file-ref';
import { customPlugin, CustomPluginProps } from '../../plugins/custom-plugin';
import { Plugin, plainPlugin } from '../../plugins/plugin';
import { AGENT_DATA_DIR } from '../paths';

/**
 * Where an agent keeps the keys of its own SVID.
 */
export class AgentKeyManager {
  /**
   * The agent's memory: after a restart it attests again.
   */
  public static memory(): AgentKeyManager {
    return new AgentKeyManager(plainPlugin('KeyManager', 'memory'), false);
  }

  /**
   * A directory of the node, which holds the agent's SVID too: after a restart the agent goes on.
   *
   * Throws when the path is not absolute.
   *
   * @param hostDirectory the directory on the node, `/var/lib/spire/agent` without it
   */
  public static disk(hostDirectory: string = '/var/lib/spire/agent'): AgentKeyManager {
    FileRef.host(hostDirectory);
    return new AgentKeyManager({
      type: 'KeyManager',
      name: 'disk',
      configure: (data, pod) => {
        pod.hostDataDir = hostDirectory;
        data.attributes({ directory: AGENT_DATA_DIR });
      },
    }, true);
  }

  /**
   * A key manager that is not built into SPIRE, or newer than this library.
   *
   * Throws when the plugin is built in and has a factory here.
   *
   * @param props name, program and configuration
   */
  public static custom(props: CustomPluginProps): AgentKeyManager {
    return new AgentKeyManager(customPlugin('KeyManager', props), true);
  }

  private constructor(private readonly plugin: Plugin, private readonly survivesRestart: boolean) {}

  /**
   * @internal
   */
  public _plugin(): Plugin {
    return this.plugin;
  }

  /**
   * @internal
   */
  public _survivesRestart(): boolean {
    return this.survivesRestart;
  }
}
