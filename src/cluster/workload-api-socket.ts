import { requireSocketLength } from './socket-path';
import { isDnsSubdomain } from '../identity/dns-name';

/**
 * Where the Workload API socket is.
 */
export interface WorkloadApiSocketProps {
  /**
   * The directory on each node that the SPIRE agent, the CSI driver and nobody else share.
   *
   * @default - `/run/spire/agent-sockets`
   */
  readonly directory?: string;

  /**
   * The file name of the socket in that directory.
   *
   * With another name than `socket`, a proxy that finds no socket refuses to start. With `socket` it silently takes a certificate of
   * Istio's own CA instead.
   *
   * @default - `spire-agent.sock`
   */
  readonly fileName?: string;

  /**
   * The name of the CSI driver that mounts the directory into pods.
   *
   * @default - `csi.spiffe.io`
   */
  readonly csiDriver?: string;
}

/**
 * The SPIFFE Workload API socket: one object feeds the agent's configuration, the host path, the CSI driver's arguments and the mesh.
 */
export class WorkloadApiSocket {
  /**
   * A socket by its place.
   *
   * Throws when the directory is not absolute, the file name is a path, or the driver's name is no DNS name.
   *
   * @param props directory, file name and CSI driver
   */
  public static of(props: WorkloadApiSocketProps = {}): WorkloadApiSocket {
    return new WorkloadApiSocket(props);
  }

  /**
   * The directory on each node.
   */
  public readonly directory: string;

  /**
   * The file name of the socket.
   */
  public readonly fileName: string;

  /**
   * The name of the CSI driver that mounts the directory into pods.
   */
  public readonly csiDriver: string;

  private constructor(props: WorkloadApiSocketProps) {
    this.directory = props.directory ?? '/run/spire/agent-sockets';
    this.fileName = props.fileName ?? 'spire-agent.sock';
    this.csiDriver = props.csiDriver ?? 'csi.spiffe.io';
    if (!/^(\/(?!\.\.?(\/|$))[A-Za-z0-9._-]+)+$/.test(this.directory)) {
      throw new Error(`socket directory '${this.directory}' is no absolute path: `
        + "use one such as '/run/spire/agent-sockets', without '.', '..' or a trailing slash");
    }
    if (!/^(?!\.\.?$)[A-Za-z0-9._-]+$/.test(this.fileName)) {
      throw new Error(`socket file name '${this.fileName}' is no file name: give the name without a path, such as 'spire-agent.sock'`);
    }
    if (!isDnsSubdomain(this.csiDriver, 63)) {
      throw new Error(`CSI driver name '${this.csiDriver}' is no name of a driver: use a DNS name of up to 63 characters, such as 'csi.spiffe.io'`);
    }
    requireSocketLength('socket path', this.path);
  }

  /**
   * The path on the node.
   */
  public get path(): string {
    return `${this.directory}/${this.fileName}`;
  }

  /**
   * Whether a mesh proxy without the socket refuses to start instead of taking a certificate of Istio's own CA.
   */
  public get failsClosed(): boolean {
    return this.fileName !== 'socket';
  }
}
