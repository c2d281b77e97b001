import { EgressGateway } from '../istio/egress-gateway';
import { MeshWorkload } from '../istio/mesh-workload';
import { ServiceEntryProtocol } from '../istio/service-entry';

/**
 * Which hosts outside of the cluster a workload may call.
 */
export interface EgressCall {
  /**
   * Who calls: an enrolled workload.
   */
  readonly source: MeshWorkload;

  /**
   * The DNS names of the hosts, without scheme and port.
   */
  readonly hosts: string[];

  /**
   * The port of the hosts.
   *
   * @default - 443; 80 for `ServiceEntryProtocol.HTTP`
   */
  readonly port?: number;

  /**
   * What the port speaks.
   *
   * @default - `ServiceEntryProtocol.TLS`: the workload itself begins TLS
   */
  readonly protocol?: ServiceEntryProtocol;

  /**
   * The gateway through which the hosts are called, for `TLS`, `HTTPS` and `HTTP`.
   *
   * It lets only this workload through to them; with `HTTP` the gateway itself begins TLS to port 443 of the hosts, whose certificates have to be of
   * a public certificate authority.
   *
   * @default - none: the workload calls the hosts itself, and so may every workload of its namespace
   */
  readonly gateway?: EgressGateway;
}
