import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CROSS_NETWORK_PORT } from './east-west-gateway';
import { requireNamespace, requireObjectName, requirePort, requireSome } from './input';
import { defineIstioObject } from './istio-object';
import { IMesh } from './mesh';
import { MeshWorkload } from './mesh-workload';
import { ServiceEntryProtocol } from './service-entry';
import { TrafficPolicy, trafficPolicyJson } from './traffic-policy';
import { Platform, Stage } from '../../delivery';
import { isFullDnsName } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';
import { requireReachableHost } from '../spire/federation/host';

/**
 * A service of another cluster.
 */
export interface RemoteServiceProps {
  /**
   * The mesh whose workloads call.
   */
  readonly mesh: IMesh;

  /**
   * The mesh of the other cluster.
   */
  readonly remoteMesh: IMesh;

  /**
   * The name of the Service in the other cluster.
   */
  readonly service: string;

  /**
   * The port of the Service.
   */
  readonly port: number;

  /**
   * The workloads behind the Service, enrolled in the other mesh: it has to prove the identity of one of them.
   */
  readonly workloads: MeshWorkload[];

  /**
   * The DNS name or IPv4 address of the other cluster's east-west gateway.
   */
  readonly gatewayAddress: string;

  /**
   * The namespace in this cluster that the objects stand in.
   */
  readonly namespace: string;

  /**
   * The DNS name by which workloads of this cluster call the service.
   *
   * @default - `<service>.<namespace of the service>.<name of the other cluster>.mesh.internal`
   */
  readonly host?: string;

  /**
   * What the port speaks.
   *
   * @default - `ServiceEntryProtocol.HTTP`
   */
  readonly protocol?: ServiceEntryProtocol;

  /**
   * Limits and circuit breaking of the calls.
   *
   * @default - those of Istio
   */
  readonly trafficPolicy?: TrafficPolicy;
}

/**
 * A service of another cluster by a name of its own, called through the other's east-west gateway.
 *
 * It is a ServiceEntry, a WorkloadEntry for the gateway, and a DestinationRule that says who has to answer. No cluster reads the API of another for it. The caller's pods resolve the name with Istio's DNS (`ISTIO_META_DNS_CAPTURE` in the proxy's
 * `proxyMetadata`). Whether the call is allowed is for an AccessPolicy of the other cluster to say.
 *
 * Throws when the workloads are not of the other mesh or of several namespaces, when the meshes are the same, in the platform of another cluster, and
 * for a gateway address that other clusters cannot reach.
 */
export class RemoteService extends Construct {
  /**
   * The DNS name by which workloads of this cluster call the service.
   */
  public readonly host: string;

  /**
   * The ServiceEntry.
   */
  public readonly serviceEntry: ApiObject;

  /**
   * The WorkloadEntry of the other cluster's gateway.
   */
  public readonly workloadEntry: ApiObject;

  /**
   * The DestinationRule.
   */
  public readonly destinationRule: ApiObject;

  public constructor(scope: Construct, id: string, props: RemoteServiceProps) {
    super(scope, id);
    requireProps(`RemoteService '${id}'`, props, {
      mesh: 'IMesh', remoteMesh: 'IMesh', service: 'text', port: 'number', workloads: 'MeshWorkload[]', gatewayAddress: 'text', namespace: 'text',
    });
    const where = `remote service '${props.service}'`;
    const remoteNamespace = requireRemote(this, where, props);
    const { cluster } = props.remoteMesh;
    const clusterLabel = cluster.name.toLowerCase().replaceAll('_', '-');
    this.node.addValidation({ validate: () => untrusted(where, props) });
    this.host = props.host ?? `${props.service}.${remoteNamespace}.${clusterLabel}.mesh.internal`;
    if (!isFullDnsName(this.host)) {
      throw new Error(`${where} has host '${this.host}', which is no full DNS name: give a host such as '${props.service}.${remoteNamespace}.mesh.internal'`);
    }
    if (this.host.endsWith(`.svc.${props.mesh.cluster.clusterDomain}`)) {
      throw new Error(`${where} has host '${this.host}', which is that of a Service in the calling cluster: give it a name of its own, such as `
        + `'${props.service}.${remoteNamespace}.${clusterLabel}.mesh.internal'`);
    }
    const name = `${props.service}-${clusterLabel}`;
    const portName = `${(props.protocol ?? ServiceEntryProtocol.HTTP).toLowerCase()}-${props.port}`;
    const label = { 'cdk8s-spiffe.dev/remote-service': name };
    const define = (kind: string, spec: any) => defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'networking.istio.io/v1', kind, name, namespace: requireNamespace(where, props.namespace), spec,
    });
    requireObjectName(`${where}: name`, name);
    this.serviceEntry = define('ServiceEntry', {
      hosts: [this.host],
      // part of the mesh: the call has mutual TLS from end to end
      location: 'MESH_INTERNAL',
      resolution: /^[\d.]+$/.test(props.gatewayAddress) ? 'STATIC' : 'DNS',
      ports: [{ number: props.port, name: portName, protocol: props.protocol ?? ServiceEntryProtocol.HTTP }],
      workloadSelector: { labels: label },
    });
    this.workloadEntry = define('WorkloadEntry', {
      address: props.gatewayAddress,
      labels: { ...label, 'security.istio.io/tlsMode': 'istio' },
      ports: { [portName]: CROSS_NETWORK_PORT },
    });
    this.destinationRule = define('DestinationRule', {
      host: this.host,
      trafficPolicy: {
        ...trafficPolicyJson(where, props.trafficPolicy ?? {}),
        tls: {
          mode: 'ISTIO_MUTUAL',
          // by this name the gateway knows where to pass the connection on
          sni: `outbound_.${props.port}_._.${cluster.serviceHost(props.service, remoteNamespace)}`,
          subjectAltNames: props.workloads.map(({ identity }) => identity.spiffeId.uri),
        },
      },
    });
  }
}

/**
 * The one namespace of the workloads behind the service.
 */
function requireRemote(scope: Construct, where: string, props: RemoteServiceProps): string {
  const { mesh, remoteMesh, workloads } = props;
  requireObjectName(`${where}: service`, props.service);
  requirePort(where, props.port);
  requireSome(where, 'workloads', workloads);
  if (mesh === remoteMesh) {
    throw new Error(`${where} is in the mesh of cluster '${mesh.cluster.name}' itself: call the Service by its own name`);
  }
  const platform = Platform.of(scope).cluster.name;
  if (platform !== mesh.cluster.name) {
    throw new Error(`${where} is for callers of cluster '${mesh.cluster.name}', and is defined in '${platform}': define it in the Platform of '${mesh.cluster.name}'`);
  }
  if (/:\/\/|\/|:\d/.test(props.gatewayAddress) || props.gatewayAddress === '') {
    throw new Error(`${where} has gateway address '${props.gatewayAddress}': give a DNS name or IPv4 address, without scheme and port`);
  }
  requireReachableHost(`${where}: gatewayAddress`, props.gatewayAddress);
  const stranger = workloads.find((workload) => !remoteMesh.isMember(workload));
  if (stranger) {
    throw new Error(`${where}: workload '${stranger}' is not enrolled in the mesh of cluster '${remoteMesh.cluster.name}', so it cannot prove such an identity: `
      + 'pass what enroll() of that mesh returned');
  }
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))];
  if (namespaces.length !== 1) {
    throw new Error(`${where} has workloads of namespaces ${namespaces.join(', ')}: a Service has pods of one namespace, define one RemoteService for each`);
  }
  return namespaces[0];
}

/**
 * A Federation may be defined later, so this is asked at synthesis.
 */
function untrusted(where: string, { mesh, remoteMesh }: RemoteServiceProps): string[] {
  const [own, other] = [mesh.cluster, remoteMesh.cluster];
  const isTrusted = own.trustDomain.sameAs(other.trustDomain) || mesh.acceptedTrustDomains.some((one) => one.sameAs(other.trustDomain));
  return isTrusted ? [] : [`${where} answers as '${other.trustDomain}', which the mesh of cluster '${own.name}' does not accept: `
    + `add '${own.name}' and '${other.name}' to a Federation`];
}
