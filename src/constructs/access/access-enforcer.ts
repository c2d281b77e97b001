import { Construct } from 'constructs';
import { Enforcement } from './enforcement';
import { requireProps } from '../../identity/require-props';
import { EnvoyMesh } from '../envoy/envoy-mesh';
import { requireObjectName } from '../istio/input';
import { IMesh, IWorkloads } from '../istio/mesh';
import { CiliumPolicies } from './enforcers/cilium-policies';
import { EnvoyRbac } from './enforcers/envoy-rbac';
import { IstioPolicies } from './enforcers/istio-policies';
import { LinkerdPolicies } from './enforcers/linkerd-policies';
import { NetworkPolicies } from './enforcers/network-policies';
import { OpaPolicy } from './enforcers/opa-policy';
import { WaypointPolicies } from './enforcers/waypoint-policies';
import { ZtunnelPolicies } from './enforcers/ztunnel-policies';
import { NetworkPolicyEnforcerProps } from './network-policy-enforcer-props';
import { OpaEnforcerProps } from './opa-enforcer-props';

/**
 * A layer of a mesh, and the settings with which it was first asked for.
 */
interface Layer {
  readonly settings: string;
  readonly enforcement: Enforcement;
}

const LAYERS = new WeakMap<IWorkloads, Map<string, Layer>>();

/**
 * A layer that enforces an access policy. All access policies of a mesh write into the same objects of a layer, with one enforcer or with one each.
 */
export class AccessEnforcer {
  /**
   * The proxies of the called workloads, by Istio's AuthorizationPolicies: they see identity, method, path, host and token.
   *
   * Each called workload has one policy for what is allowed and one for what is denied, with a rule for each statement.
   */
  public static istio(): AccessEnforcer {
    return new AccessEnforcer('istio', {}, (scope, mesh) => new IstioPolicies(scope, istio(mesh)));
  }

  /**
   * Ambient namespaces with a waypoint, by AuthorizationPolicies for the Services: they see what the proxies of sidecars see.
   *
   * The pods take connections from the waypoint alone. Each called workload needs a Service in the platform, whose traffic the waypoint
   * gets by the label `istio.io/use-waypoint`, and that of gateways by `istio.io/ingress-use-waypoint: "true"`. The service account of a waypoint
   * has its name. Namespaces with waypoints of several names have an access policy for each name.
   *
   * Throws for a name that no Gateway has.
   *
   * @param name the name of the waypoint Gateway in the namespaces of the called workloads
   */
  public static waypoint(name: string = 'waypoint'): AccessEnforcer {
    requireObjectName('waypoint', name);
    return new AccessEnforcer('waypoint', {}, (scope, mesh) => new WaypointPolicies(scope, istio(mesh), name), `waypoint/${name}`);
  }

  /**
   * Ambient namespaces without a waypoint, by AuthorizationPolicies for ztunnel: it sees identities and ports.
   */
  public static ztunnel(): AccessEnforcer {
    return new AccessEnforcer('ztunnel', {}, (scope, mesh) => new ZtunnelPolicies(scope, istio(mesh)));
  }

  /**
   * The network of the cluster, by NetworkPolicies: they see pods and ports, so that they allow what the statements allow, and more.
   *
   * Every namespace that a statement names is closed in both directions, apart from DNS, istiod, and in an EnvoyMesh what its sidecars state
   * themselves. The network plugin has to enforce
   * NetworkPolicies; pods on the network of their node are not selected by any. Workloads of access policies with `ztunnel()` or `waypoint()` take
   * connections at port 15008 alone, which their ports share.
   *
   * @param props what they have to know of the cluster
   */
  public static networkPolicy(props: NetworkPolicyEnforcerProps = {}): AccessEnforcer {
    return new AccessEnforcer('networkPolicy', props, (scope, mesh) => new NetworkPolicies(scope, mesh, props));
  }

  /**
   * OPA, asked by the proxies of the called workloads (ext_authz): a Rego policy with the statements as data, and tests for `opa test`.
   *
   * The files are in the folder `artifacts`. OPA sees what Envoy tells it: the SPIFFE IDs of the certificates, never a header. In an IstioMesh
   * proxies ask by a provider, and what OPA allows still needs `istio()`; in an EnvoyMesh those ask whose EnvoySidecar has `authorization`.
   *
   * @param props where the policy goes, and who asks OPA
   */
  public static opa(props: OpaEnforcerProps = {}): AccessEnforcer {
    requireProps('AccessEnforcer.opa', props, { policy: 'OpaPolicyConfigMap?', provider: 'text?' });
    return new AccessEnforcer('opa', props, (scope, mesh) => new OpaPolicy(scope, mesh, props));
  }

  /**
   * Envoy proxies with a bootstrap of their own, by RBAC filters.
   *
   * In an EnvoyMesh they stand in the bootstraps of the sidecars. For other proxies they are in the file `envoy-rbac.yaml` of the folder `artifacts`,
   * and go before the router, or before the TCP proxy. The connection manager has to normalize paths and merge slashes
   * (`normalize_path`, `merge_slashes`), and ports are those of the proxy's listener.
   */
  public static envoyRbac(): AccessEnforcer {
    return new AccessEnforcer('envoyRbac', {}, (scope, mesh) => new EnvoyRbac(scope, mesh));
  }

  /**
   * The network of a cluster with Cilium, by CiliumNetworkPolicies: they see pods, ports, denials of whole ports, and hosts by their names.
   *
   * Mutual authentication of Cilium is not asked for: it is deprecated since 1.20, and the proxies of the mesh prove identities already.
   *
   * @param props what they have to know of the cluster
   */
  public static cilium(props: NetworkPolicyEnforcerProps = {}): AccessEnforcer {
    return new AccessEnforcer('cilium', props, (scope, mesh) => new CiliumPolicies(scope, mesh, props));
  }

  /**
   * Linkerd's proxies, by Server, HTTPRoute, MeshTLSAuthentication and AuthorizationPolicy: they see service accounts, methods and paths.
   *
   * In a cluster they prove identities of Linkerd, not of SPIRE. Ports that no statement names follow the default of their namespace:
   * annotate it with `config.linkerd.io/default-inbound-policy: deny`.
   */
  public static linkerd(): AccessEnforcer {
    return new AccessEnforcer('linkerd', {}, (scope) => new LinkerdPolicies(scope));
  }

  private mesh?: IWorkloads;

  private constructor(
    private readonly kind: string,
    private readonly settings: object,
    private readonly define: (scope: Construct, mesh: IWorkloads) => Enforcement,
    private readonly layer: string = kind,
  ) {}

  /**
   * @internal
   */
  public _bind(scope: Construct, mesh: IWorkloads): Enforcement {
    this.mesh ??= mesh;
    if (this.mesh !== mesh) {
      throw new Error(`enforcer AccessEnforcer.${this.kind}() of cluster '${this.mesh.cluster.name}' is used in cluster '${mesh.cluster.name}' too: `
        + 'make one for each mesh');
    }
    const layers = LAYERS.get(mesh) ?? new Map<string, Layer>();
    LAYERS.set(mesh, layers);
    const settings = JSON.stringify(this.settings, sorted);
    const known = layers.get(this.layer);
    if (known && known.settings !== settings) {
      throw new Error(`AccessEnforcer.${this.kind}() is made twice for cluster '${mesh.cluster.name}', with ${known.settings} and with ${settings}: `
        + 'its access policies write into the same objects, make one and pass it to all of them');
    }
    const layer = known ?? { settings, enforcement: this.define(scope, mesh) };
    layers.set(this.layer, layer);
    return layer.enforcement;
  }
}

/**
 * The same settings are the same text, in whatever order they are written.
 */
function sorted(_: string, value: unknown): unknown {
  return value instanceof Object && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value;
}

function istio(mesh: IWorkloads): IMesh {
  if (mesh instanceof EnvoyMesh) {
    throw new Error(`the mesh of cluster '${mesh.cluster.name}' has sidecars of its own, which do not read what this enforcer writes: `
      + 'use AccessEnforcer.envoyRbac(), opa(), networkPolicy() or cilium()');
  }
  return mesh as IMesh;
}
