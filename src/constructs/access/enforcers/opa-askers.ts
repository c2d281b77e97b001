import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Stage } from '../../../delivery';
import { EnvoyMesh } from '../../envoy/envoy-mesh';
import { DECISION_PATH } from '../../envoy/opa-decision';
import { OpaPolicyConfigMap } from '../../envoy/opa-policy-config-map';
import { VerifiedTokens } from '../../envoy/verified-tokens';
import { requireObjectName } from '../../istio/input';
import { defineIstioObject } from '../../istio/istio-object';
import { IMesh, IWorkloads } from '../../istio/mesh';
import { MeshWorkload } from '../../istio/mesh-workload';
import { authorizationErrors } from '../../istio/providers';
import { AmbientPods } from '../ambient-pods';
import { OpaEnforcerProps } from '../opa-enforcer-props';
import { TokenIssuer } from '../token-issuer';

/**
 * The proxies that ask OPA.
 */
export interface OpaAskers {
  /** Whether they tell OPA of tokens that they verified. */
  readonly tellTokens: boolean;
  /** Has the proxy of a workload verify the tokens of an issuer, where it tells OPA of them. */
  verify(called: MeshWorkload, issuer: TokenIssuer): void;
  /** Has the proxy of a workload ask about a port, and gives the objects that it defined for it. */
  add(called: MeshWorkload, port: number): ApiObject[];
  /** Why the proxy of a workload does not ask about a port; undefined when it does. */
  silence(called: MeshWorkload, port: number): string | undefined;
}

export function opaAskers(scope: Construct, mesh: IWorkloads, { policy, provider }: OpaEnforcerProps): OpaAskers {
  if (mesh instanceof EnvoyMesh) {
    if (provider !== undefined) {
      throw new Error(`AccessEnforcer.opa has the provider '${provider}', and Envoys with a file as configuration know none: `
        + "leave it out, and give their EnvoySidecars 'authorization'");
    }
    return new SidecarAskers(mesh, policy);
  }
  return provider === undefined ? NOBODY : new ProviderAskers(scope, mesh as IMesh, provider);
}

const NOBODY: OpaAskers = {
  tellTokens: true,
  verify: () => undefined,
  add: () => [],
  silence: () => 'no proxy of the mesh asks it, since its enforcer has no provider',
};

/**
 * Envoys with a bootstrap of their own, each with an OPA beside it.
 */
class SidecarAskers implements OpaAskers {
  public readonly tellTokens = true;

  public constructor(private readonly mesh: EnvoyMesh, private readonly policy?: OpaPolicyConfigMap) {}

  public verify(called: MeshWorkload, issuer: TokenIssuer): void {
    VerifiedTokens.of(this.mesh).add(called, issuer);
  }

  public add(): ApiObject[] {
    return []; // the sidecar says it
  }

  public silence(called: MeshWorkload): string | undefined {
    const asked = this.mesh._askedBy(called);
    if (!asked) {
      return 'the Envoy of the called workload does not ask it, since its EnvoySidecar has no authorization';
    }
    const isThis = this.policy !== undefined && asked.policy.toString() === this.policy.toString() && asked.path === DECISION_PATH;
    return isThis ? undefined : `the Envoy of the called workload asks for ${asked.path} of ConfigMap ${asked.policy}, which is not this policy`;
  }
}

/**
 * Proxies of Istio, which ask a provider of the mesh.
 */
class ProviderAskers implements OpaAskers {
  // Istio asks before it verifies them
  public readonly tellTokens = false;
  private readonly ports = new Map<MeshWorkload, Set<number>>();

  public constructor(private readonly scope: Construct, private readonly mesh: IMesh, private readonly provider: string) {
    requireObjectName('extension provider', provider);
    // the mesh may be defined later
    scope.node.addValidation({ validate: () => authorizationErrors(scope, 'AccessEnforcer.opa', provider) });
  }

  public verify(): void {
    // istiod has proxies verify them, too late for OPA
  }

  public add(called: MeshWorkload, port: number): ApiObject[] {
    const known = this.ports.get(called);
    const ports = known ?? new Set<number>();
    ports.add(port);
    this.ports.set(called, ports);
    return known ? [] : [this.define(called, ports)];
  }

  public silence(called: MeshWorkload, port: number): string | undefined {
    if (AmbientPods.of(this.mesh).has(called)) {
      return 'ztunnel asks nobody, and a waypoint does not tell who calls';
    }
    return this.ports.get(called)?.has(port) ? undefined : 'it is not asked about a port that no statement in force names';
  }

  private define({ namespace, matchLabels, identity }: MeshWorkload, ports: Set<number>): ApiObject {
    return defineIstioObject(this.scope, Stage.POLICIES, {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      name: `${identity.serviceAccount}-custom`,
      namespace,
      spec: {
        selector: { matchLabels },
        action: 'CUSTOM',
        provider: { name: this.provider },
        rules: [{ to: [{ operation: { ports: Lazy.any({ produce: () => [...ports].sort((a, b) => a - b).map(String) }) } }] }],
      },
    });
  }
}
