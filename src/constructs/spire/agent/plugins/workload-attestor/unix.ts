import { Size } from 'cdk8s';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';

/**
 * Attestation of workloads by their process: user, group and program.
 */
export interface UnixWorkloadAttestorProps extends PluginOptions {
  /**
   * Whether path and checksum of the program become selectors.
   *
   * @default - false
   */
  readonly discoverWorkloadPath?: boolean;

  /**
   * The largest program of which the checksum is made, at least 256 MiB: the agent attests itself too.
   *
   * @default - no limit
   */
  readonly workloadSizeLimit?: Size;
}

/**
 * The plugin unix.
 */
export function unix(props: UnixWorkloadAttestorProps): Plugin {
  const limit = props.workloadSizeLimit?.toKibibytes();
  if (limit !== undefined && limit < 256 * 1024) {
    throw new Error(`workloadSizeLimit of ${limit} KiB is less than 256 MiB: the agent, which attests itself for its health check, could be refused`);
  }
  return {
    type: 'WorkloadAttestor',
    name: 'unix',
    configure: (data) => {
      data.attributes({ discover_workload_path: props.discoverWorkloadPath, workload_size_limit: limit && limit * 1024 });
      writeRawData(data, props.additionalData, ['discover_workload_path', 'workload_size_limit']);
    },
  };
}
