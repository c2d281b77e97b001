import { docker, DockerWorkloadAttestorProps } from './workload-attestor/docker';
import { k8s, K8sWorkloadAttestorProps } from './workload-attestor/k8s';
import { unix, UnixWorkloadAttestorProps } from './workload-attestor/unix';
import { customPlugin, CustomPluginProps } from '../../plugins/custom-plugin';
import { Plugin, plainPlugin } from '../../plugins/plugin';

/**
 * How an agent finds out which workload calls it.
 */
export class WorkloadAttestor {
  /**
   * The pod of the workload, as the kubelet of the node knows it.
   *
   * Throws when settings for the kubelet exclude each other.
   *
   * @param props kubelet and selectors
   */
  public static k8s(props: K8sWorkloadAttestorProps = {}): WorkloadAttestor {
    return new WorkloadAttestor(k8s(props));
  }

  /**
   * The process of the workload: user, group and program.
   *
   * Throws when the limit of sizes is so low that the agent cannot attest itself.
   *
   * @param props what is looked at
   */
  public static unix(props: UnixWorkloadAttestorProps = {}): WorkloadAttestor {
    return new WorkloadAttestor(unix(props));
  }

  /**
   * The container of the workload, as Docker or Podman knows it. Most clusters have neither.
   *
   * Throws when a socket is no absolute path.
   *
   * @param props sockets and selectors
   */
  public static docker(props: DockerWorkloadAttestorProps = {}): WorkloadAttestor {
    return new WorkloadAttestor(docker(props));
  }

  /**
   * The systemd unit of the workload. The agent gets the D-Bus socket of the node.
   */
  public static systemd(): WorkloadAttestor {
    return new WorkloadAttestor({
      type: 'WorkloadAttestor',
      name: 'systemd',
      configure: (_data, pod) => pod.host('dbus-socket', '/run/dbus/system_bus_socket', 'Socket', false),
    });
  }

  /**
   * The Slurm job of the workload. Needs SPIRE 1.15.3.
   */
  public static slurm(): WorkloadAttestor {
    return new WorkloadAttestor({ ...plainPlugin('WorkloadAttestor', 'slurm'), configure: (_data, pod) => pod.requireVersion('WorkloadAttestor.slurm', '1.15.3') });
  }

  /**
   * A workload attestor that is not built into SPIRE, or newer than this library.
   *
   * Throws when the plugin is built in and has a factory here.
   *
   * @param props name, program and configuration
   */
  public static custom(props: CustomPluginProps): WorkloadAttestor {
    return new WorkloadAttestor(customPlugin('WorkloadAttestor', props));
  }

  private constructor(private readonly plugin: Plugin) {}

  /**
   * @internal
   */
  public _plugin(): Plugin {
    return this.plugin;
  }
}
