import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { FederationPartner } from './federation-partner';
import { Stage } from '../../delivery';
import { SpiffeId } from '../../identity';
import { isFullDnsName } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';
import { IMesh, IMeshPeer, ServiceEntryProtocol } from '../istio';
import { Border } from '../istio/border';
import { requireNamespace, requirePort, requireSome } from '../istio/input';
import { defineIstioObject } from '../istio/istio-object';

/**
 * A service of a partner.
 */
export interface PartnerServiceProps {
  /**
   * The mesh whose workloads call.
   */
  readonly mesh: IMesh;

  /**
   * The partner.
   */
  readonly partner: FederationPartner;

  /**
   * The DNS name of the service, by which workloads call it and the partner's gateway knows it.
   */
  readonly host: string;

  /**
   * The port at which the partner takes mutual TLS.
   */
  readonly port: number;

  /**
   * The SPIFFE IDs of which the service has to prove one, whole.
   */
  readonly identities: SpiffeId[];

  /**
   * The workloads that call.
   */
  readonly callers: IMeshPeer[];

  /**
   * The namespace of the callers, in which the objects stand and hold.
   */
  readonly namespace: string;

  /**
   * What the service speaks inside of mutual TLS.
   *
   * @default - `ServiceEntryProtocol.HTTP`
   */
  readonly protocol?: ServiceEntryProtocol;
}

/**
 * A service of a partner, called with mutual TLS: callers show their SVID, and the service has to prove one of the named identities.
 *
 * It is a ServiceEntry and a DestinationRule, seen in one namespace. Workloads call plain `http://host:port`; their proxies make mutual TLS of it,
 * with Istio's ALPN names, so what takes the connection has to be a proxy such as Envoy.
 *
 * Throws when an identity is of another trust domain than the partner's, when a caller is not enrolled in the mesh or of another namespace, when a
 * list is empty, and when the host is no full DNS name.
 */
export class PartnerService extends Construct {
  /**
   * The ServiceEntry.
   */
  public readonly serviceEntry: ApiObject;

  /**
   * The DestinationRule.
   */
  public readonly destinationRule: ApiObject;

  /**
   * @internal
   */
  public readonly _settings: PartnerServiceProps;

  public constructor(scope: Construct, id: string, props: PartnerServiceProps) {
    super(scope, id);
    this._settings = props;
    requireProps(`PartnerService '${id}'`, props, {
      mesh: 'IMesh',
      partner: 'FederationPartner',
      host: 'text',
      port: 'number',
      identities: 'SpiffeId[]',
      callers: 'IMeshPeer[]',
      namespace: 'text',
    });
    const { mesh, partner, host, port, callers } = props;
    const protocol = props.protocol ?? ServiceEntryProtocol.HTTP;
    requirePossible(props);
    callers.forEach((caller) => mesh.federate(caller, partner.trustDomain));
    callers.forEach((caller) => Border.of(mesh).addCall({ caller, called: host, port, hosts: [host] }));
    const define = (kind: string, spec: any) => defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'networking.istio.io/v1', kind, name: host, namespace: props.namespace, spec: { ...spec, exportTo: ['.'] },
    });
    this.serviceEntry = define('ServiceEntry', {
      hosts: [host],
      // as part of the mesh, so that both ends are told in metrics
      location: 'MESH_INTERNAL',
      resolution: 'DNS',
      ports: [{ number: port, name: `${protocol.toLowerCase()}-${port}`, protocol }],
    });
    this.destinationRule = define('DestinationRule', {
      host,
      trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', sni: host, subjectAltNames: props.identities.map(({ uri }) => uri) } },
    });
  }
}

function requirePossible({ mesh, partner: { trustDomain }, host, port, identities, callers, namespace, protocol }: PartnerServiceProps): void {
  const where = `service '${host}' of partner '${trustDomain}'`;
  if (!isFullDnsName(host)) {
    throw new Error(`${where} has no full DNS name: use one such as 'api.example.com', without scheme and port`);
  }
  if (host.endsWith(`.svc.${mesh.cluster.clusterDomain}`)) {
    throw new Error(`${where} has the name of a Service in the calling cluster: use the name by which the partner's gateway knows it`);
  }
  requirePort(where, port);
  requireNamespace(where, namespace);
  requireSome(where, 'identities', identities);
  requireSome(where, 'callers', callers);
  const foreign = identities.find((one) => !one.trustDomain.sameAs(trustDomain));
  if (foreign) {
    throw new Error(`${where} is to prove '${foreign}', which is of another trust domain: name SPIFFE IDs of '${trustDomain}'`);
  }
  const elsewhere = callers.find(({ identity }) => identity.namespace !== namespace);
  if (elsewhere) {
    throw new Error(`${where} is seen in namespace '${namespace}', its caller '${elsewhere.identity}' is in '${elsewhere.identity.namespace}': `
      + 'define it once for each namespace of callers');
  }
  if (protocol === ServiceEntryProtocol.TLS || protocol === ServiceEntryProtocol.HTTPS) {
    throw new Error(`${where} speaks ${protocol}, TLS that the workload itself begins: the proxy begins it, use HTTP, HTTP2, GRPC or TCP`);
  }
}
