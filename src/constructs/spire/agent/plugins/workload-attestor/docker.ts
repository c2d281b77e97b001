import { requireText } from '../../../input';
import { Plugin } from '../../../plugins/plugin';
import { PluginOptions } from '../../../plugins/plugin-options';
import { writeRawData } from '../../../plugins/raw-data';
import { Sigstore, writeSigstore } from '../sigstore';

/**
 * Attestation of workloads by their container, as Docker or Podman knows it.
 */
export interface DockerWorkloadAttestorProps extends PluginOptions {
  /**
   * The socket of Docker on the node.
   *
   * @default - /var/run/docker.sock
   */
  readonly dockerSocket?: string;

  /**
   * The version of Docker's API.
   *
   * @default - what SPIRE and Docker agree on
   */
  readonly dockerVersion?: string;

  /**
   * The socket of Podman on the node. Needs SPIRE 1.15.
   *
   * @default - Podman is not asked
   */
  readonly podmanSocket?: string;

  /**
   * The socket of rootless Podman on the node, with one `%d` for the ID of the user. Needs SPIRE 1.15.
   *
   * @default - rootless Podman is not asked
   */
  readonly podmanSocketTemplate?: string;

  /**
   * Whether the search for the container of a process is logged in detail.
   *
   * @default - false
   */
  readonly verboseContainerLocatorLogs?: boolean;

  /**
   * The patterns of control groups that name containers. They take the old way of searching.
   *
   * @default - the new way of searching, which needs none
   */
  readonly containerIdCgroupMatchers?: string[];

  /**
   * Verification of image signatures. Needs SPIRE 1.15.
   *
   * @default - signatures are not looked at
   */
  readonly sigstore?: Sigstore;
}

/**
 * The plugin docker.
 */
export function docker(props: DockerWorkloadAttestorProps): Plugin {
  const socket = props.dockerSocket ?? '/var/run/docker.sock';
  requirePath('dockerSocket', socket);
  requirePath('podmanSocket', props.podmanSocket);
  requirePath('podmanSocketTemplate', props.podmanSocketTemplate);
  if (props.dockerVersion !== undefined) {
    requireText('dockerVersion', props.dockerVersion);
  }
  if (props.podmanSocketTemplate !== undefined && !/^[^%]*%d[^%]*$/.test(props.podmanSocketTemplate)) {
    throw new Error(`podmanSocketTemplate '${props.podmanSocketTemplate}' needs exactly one '%d' for the ID of the user: use one such as '/run/user/%d/podman/podman.sock'`);
  }
  return {
    type: 'WorkloadAttestor',
    name: 'docker',
    configure: (data, pod) => {
      pod.host('docker-socket', socket, 'Socket', false);
      if (props.podmanSocket !== undefined) {
        pod.host('podman-socket', props.podmanSocket, 'Socket', false);
      }
      if (props.podmanSocket !== undefined || props.podmanSocketTemplate !== undefined) {
        pod.requireVersion('Podman of the docker workload attestor', '1.15.0');
      }
      if (props.podmanSocketTemplate !== undefined) {
        const directory = props.podmanSocketTemplate.slice(0, props.podmanSocketTemplate.indexOf('%d')).replace(/\/[^/]*$/, '');
        pod.host('podman-users', directory, 'Directory', false);
      }
      data.attributes({
        docker_socket_path: `unix://${socket}`,
        docker_version: props.dockerVersion,
        podman_socket_path: props.podmanSocket && `unix://${props.podmanSocket}`,
        podman_socket_path_template: props.podmanSocketTemplate && `unix://${props.podmanSocketTemplate}`,
        verbose_container_locator_logs: props.verboseContainerLocatorLogs,
        container_id_cgroup_matchers: props.containerIdCgroupMatchers,
        // the two exclude each other
        use_new_container_locator: props.containerIdCgroupMatchers && false,
      });
      writeSigstore(data, pod, props.sigstore);
      writeRawData(data, props.additionalData, ['docker_version', 'podman_socket_path', 'podman_socket_path_template',
        'verbose_container_locator_logs', 'container_id_cgroup_matchers', 'use_new_container_locator', 'sigstore']);
    },
  };
}

function requirePath(name: string, path: string | undefined): void {
  if (path !== undefined && !/^(\/[A-Za-z0-9._%-]+){2,}$/.test(path)) {
    throw new Error(`${name} '${path}' is no absolute path: use one such as '/var/run/docker.sock', without a scheme`);
  }
}
