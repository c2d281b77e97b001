import { SpiffeId } from '../../../identity';
import { EnvoyMesh } from '../../envoy/envoy-mesh';
import { jwksHost } from '../../envoy/jwt-authn';
import { IMesh, IWorkloads } from '../../istio/mesh';
import { MeshWorkload } from '../../istio/mesh-workload';
import { ranges } from '../../network/cluster-network';
import { NetworkPeer } from '../../network/network-peer';
import { NetworkRule } from '../../network/network-policy-rule';
import { TokenIssuer } from '../token-issuer';

/**
 * A proxy that says itself who calls its workload and whom that calls, beside what statements say.
 */
export interface StatedProxy {
  readonly workload: MeshWorkload;
  readonly ingress: NetworkRule[];
  readonly egress: NetworkRule[];
}

/**
 * What the proxies of a mesh need of the network, beside names.
 */
export interface ProxyNetwork {
  /** What every proxy calls. */
  readonly base: NetworkRule[];
  /** What a proxy calls that verifies the tokens of an issuer. */
  keysOf(issuer: TokenIssuer): NetworkRule[];
  /** Tells of proxies, also of those that are defined later. */
  onProxy(listener: (proxy: StatedProxy) => void): void;
}

/** Where istiod configures proxies. Their identity comes by a socket of their node, not by the network. */
const ISTIOD_PORT = 15012;

/**
 * @param externalAddresses where hosts outside are
 */
export function proxyNetwork(mesh: IWorkloads, externalAddresses: string[] | undefined): ProxyNetwork {
  return mesh instanceof EnvoyMesh ? envoyNetwork(mesh, externalAddresses) : istioNetwork(mesh as IMesh);
}

function istioNetwork({ rootNamespace }: IMesh): ProxyNetwork {
  return {
    base: [{ peers: [NetworkPeer.pods(rootNamespace, { app: 'istiod' })], ports: [{ port: ISTIOD_PORT }] }],
    keysOf: () => [], // istiod fetches them
    onProxy: () => undefined,
  };
}

function envoyNetwork(mesh: EnvoyMesh, externalAddresses: string[] | undefined): ProxyNetwork {
  return {
    base: [],
    keysOf: (issuer) => {
      const { host, port } = jwksHost(issuer);
      return [{ peers: ranges(externalAddresses), ports: [{ port }], hosts: [host] }];
    },
    onProxy: (listener) => mesh._onSidecar(({ workload, inbound, upstreams }) => listener({
      workload,
      ingress: inbound.flatMap(({ port, callers = [] }) => callers.map((caller) => withPods(mesh, caller, port))),
      egress: upstreams.map(({ spiffeId, port }) => withPods(mesh, spiffeId, port)),
    })),
  };
}

/**
 * Whose pods are not known may be anywhere. They may become known later, and are read at the synthesis.
 */
function withPods(mesh: EnvoyMesh, spiffeId: SpiffeId, port: number): NetworkRule {
  const peersOf = () => {
    const pods = mesh.workloads.find(({ identity }) => identity.spiffeId.sameAs(spiffeId));
    return pods && [NetworkPeer.pods(pods.namespace, pods.matchLabels)];
  };
  return { get peers() { return peersOf(); }, ports: [{ port }] };
}
