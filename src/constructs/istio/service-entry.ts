import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requireFilled, requirePort, requireSome } from './input';
import { defineIstioObject } from './istio-object';
import { Stage } from '../../delivery';
import { SpiffeId } from '../../identity';
import { isDnsLabel, isFullDnsName } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';

/**
 * How the addresses of a host are found.
 */
export enum ServiceEntryResolution {
  /**
   * By DNS.
   */
  DNS = 'DNS',

  /**
   * By the given endpoints.
   */
  STATIC = 'STATIC',

  /**
   * Not at all: the caller's own address is used.
   */
  NONE = 'NONE',
}

/**
 * What a port speaks.
 */
export enum ServiceEntryProtocol {
  /**
   * HTTP 1.
   */
  HTTP = 'HTTP',

  /**
   * HTTP 2.
   */
  HTTP2 = 'HTTP2',

  /**
   * GRPC.
   */
  GRPC = 'GRPC',

  /**
   * TLS that the caller itself begins; the proxy sees the host name only.
   */
  TLS = 'TLS',

  /**
   * HTTP in TLS that the caller itself begins.
   */
  HTTPS = 'HTTPS',

  /**
   * Anything.
   */
  TCP = 'TCP',
}

/**
 * A port of a host.
 */
export interface ServiceEntryPort {
  /**
   * The number of the port.
   */
  readonly port: number;

  /**
   * What it speaks.
   */
  readonly protocol: ServiceEntryProtocol;

  /**
   * The name of the port.
   *
   * @default - protocol and number, such as `https-443`
   */
  readonly name?: string;
}

/**
 * A host outside the cluster.
 */
export interface ServiceEntryProps {
  /**
   * The namespace of the ServiceEntry.
   */
  readonly namespace: string;

  /**
   * The names of the host.
   */
  readonly hosts: string[];

  /**
   * Its ports.
   */
  readonly ports: ServiceEntryPort[];

  /**
   * The name of the ServiceEntry.
   *
   * @default - the ID of the construct
   */
  readonly name?: string;

  /**
   * How its addresses are found.
   *
   * @default - `ServiceEntryResolution.DNS`
   */
  readonly resolution?: ServiceEntryResolution;

  /**
   * Its IP addresses, for `ServiceEntryResolution.STATIC`.
   *
   * @default - none
   */
  readonly addresses?: string[];

  /**
   * The SPIFFE IDs of which it has to prove one, when it is part of the mesh without being in the cluster.
   *
   * @default - none, the host is outside the mesh
   */
  readonly identities?: SpiffeId[];

  /**
   * Further fields of the spec, in Istio's words, such as `exportTo`.
   *
   * @default - none
   */
  readonly additionalSpec?: { [key: string]: any };
}

const PROTOCOLS = Object.values(ServiceEntryProtocol);

/**
 * A host outside the cluster that workloads of the mesh call.
 */
export class ServiceEntry extends Construct {
  /**
   * The ServiceEntry.
   */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, id: string, props: ServiceEntryProps) {
    super(scope, id);
    requireProps(`ServiceEntry '${id}'`, props, { namespace: 'text', hosts: 'text[]', ports: 'ServiceEntryPort[]' });
    const name = props.name ?? id;
    const where = `service entry '${name}'`;
    const resolution = props.resolution ?? ServiceEntryResolution.DNS;
    requireSome(where, 'hosts', props.hosts);
    requireSome(where, 'ports', props.ports);
    requireFilled(where, 'addresses', props.addresses);
    requireFilled(where, 'identities', props.identities);
    this.requireHosts(where, props.hosts, resolution);
    if ((resolution === ServiceEntryResolution.STATIC) !== (props.addresses !== undefined)) {
      throw new Error(`${where} has ${props.addresses ? 'addresses' : 'no addresses'} with resolution ${resolution}: STATIC needs them, the others have none`);
    }
    this.apiObject = defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      name,
      namespace: props.namespace,
      spec: {
        hosts: props.hosts,
        location: props.identities ? 'MESH_INTERNAL' : 'MESH_EXTERNAL',
        resolution,
        ports: this.portsJson(where, props.ports),
        ...(props.addresses ? { endpoints: props.addresses.map((address) => ({ address })) } : {}),
        ...(props.identities ? { subjectAltNames: props.identities.map((identity) => identity.uri) } : {}),
        ...props.additionalSpec,
      },
    });
  }

  private requireHosts(where: string, hosts: string[], resolution: ServiceEntryResolution): void {
    for (const host of hosts) {
      if (!isFullDnsName(host.replace(/^\*\./, ''))) {
        throw new Error(`${where} has host '${host}', which is no full DNS name: use one such as 'api.example.com', without scheme and port`);
      }
      if (host.startsWith('*') && resolution === ServiceEntryResolution.DNS) {
        throw new Error(`${where} has host '${host}' with resolution DNS: a wildcard has no address, name the hosts or use NONE`);
      }
    }
  }

  private portsJson(where: string, ports: ServiceEntryPort[]): any[] {
    const numbers = ports.map((one) => one.port);
    return ports.map(({ port, protocol, name }, index) => {
      requirePort(where, port);
      if (numbers.indexOf(port) !== index) {
        throw new Error(`${where} has port ${port} twice: remove one`);
      }
      if (!PROTOCOLS.includes(protocol)) {
        throw new Error(`${where} has protocol '${protocol}' at port ${port}, which is none of Istio's: use one of ${PROTOCOLS.join(', ')}`);
      }
      if (name !== undefined && !isDnsLabel(name)) {
        throw new Error(`${where} has the name '${name}' for port ${port}, which Istio refuses: use up to 63 of a-z, 0-9 and '-', not at the ends`);
      }
      return { number: port, name: name ?? `${protocol.toLowerCase()}-${port}`, protocol };
    });
  }
}
