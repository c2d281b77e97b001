import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Platform, Stage } from '../../../delivery';
import { authorizationRuleJson } from '../../istio/authorization-rule-json';
import { IMesh } from '../../istio/mesh';
import { MeshWorkload } from '../../istio/mesh-workload';
import { AccessAction, AccessStatement } from '../access-statement';
import { AmbientPods } from '../ambient-pods';
import { EgressStatement } from '../egress-statement';
import { absent, Expression } from '../enforcement';
import { Services } from '../services';
import { IstioPolicies, noting } from './istio-policies';
import { PASSES_EVERYTHING, requireDirect } from './ztunnel-policies';

const MOST_TARGETS = 16;

/**
 * Policies for ambient namespaces with a waypoint: it sees requests, and the pods take connections from it alone.
 *
 * A waypoint is addressed by Service and port of the Service, so that its rules do not name the port of the pods.
 */
export class WaypointPolicies extends IstioPolicies {
  public readonly layer: string = 'Istio waypoint';
  private readonly ports = new Map<MeshWorkload, Set<number>>();
  private readonly called = new Set<MeshWorkload>();
  /** As the synthesis has found them; none before it. */
  private services?: Services;

  public constructor(scope: Construct, mesh: IMesh, private readonly waypoint: string) {
    super(scope, mesh);
    this.defineOnce('default-deny-waypoints', mesh.rootNamespace, {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'GatewayClass', name: 'istio-waypoint' }],
    });
    scope.node.addValidation({ validate: () => this.serviceErrors() });
  }

  public add(statement: AccessStatement): void {
    const { destination, port } = statement;
    AmbientPods.of(this.mesh).add(destination, this.waypoint);
    if (isTooWide(statement)) {
      return;
    }
    this.called.add(destination);
    this.services = undefined;
    // without a policy that allows, a waypoint lets everybody through: the mesh-wide default deny, which names no target, is none of its own
    if (statement.action === AccessAction.ALLOW && !statement.auditOnly) {
      this.passage(destination).add(port);
    }
    const targetRefs = Lazy.any({ produce: () => this.serviceNames(destination).map((name) => ({ group: '', kind: 'Service', name })) });
    this.write(statement, { targetRefs }, undefined);
  }

  public express(statement: AccessStatement): Expression {
    const { destination, port } = statement;
    if (isTooWide(statement)) {
      return absent('the workload has several ports, and a waypoint sees those of the Service: the denial would hold for all of them');
    }
    const others = [...this.ports.get(destination) ?? []].filter((one) => one !== port);
    return noting(others.length > 0 ? [`it holds for the ports ${others.join(', ')} too: a waypoint sees those of the Service`] : [], statement);
  }

  public addEgress(statement: EgressStatement): void {
    requireDirect(this.layer, statement);
    super.addEgress(statement);
  }

  public expressEgress(): Expression {
    return absent(PASSES_EVERYTHING);
  }

  /**
   * The ports on which the waypoint may reach the pods, past which nobody gets.
   */
  private passage(workload: MeshWorkload): Set<number> {
    const ports = this.ports.get(workload) ?? new Set();
    if (!this.ports.has(workload)) {
      this.ports.set(workload, ports);
      const { identity } = AmbientPods.of(this.mesh).waypoint(workload.namespace, this.waypoint);
      this.define(Stage.POLICIES, 'AuthorizationPolicy', `${workload.identity.serviceAccount}-from-waypoint`, workload.namespace, {
        selector: { matchLabels: workload.matchLabels },
        action: 'ALLOW',
        rules: Lazy.any({
          produce: () => [
            authorizationRuleJson('waypoint', { sources: [{ identities: [identity] }], operations: [{ ports: [...ports] }] }),
          ],
        }),
      });
    }
    return ports;
  }

  private serviceErrors(): string[] {
    this.services = Services.of(Platform.of(this.scope));
    return [...this.called].flatMap((workload) => this.serviceErrorsOf(workload));
  }

  private serviceErrorsOf(workload: MeshWorkload): string[] {
    const count = this.serviceNames(workload).length;
    return [
      ...(count === 0 ? [`no Service leads to '${workload}', so no waypoint stands before it: `
        + 'define its Service in this platform, or use AccessEnforcer.ztunnel()'] : []),
      ...(count > MOST_TARGETS ? [`${count} Services lead to '${workload}', Istio binds a policy to ${MOST_TARGETS}: define fewer of them`] : []),
    ];
  }

  private serviceNames(workload: MeshWorkload): string[] {
    return (this.services ?? Services.of(Platform.of(this.scope))).leadingTo(workload).map((service) => service.metadata.name);
  }
}

function isTooWide({ action, destination }: AccessStatement): boolean {
  return action === AccessAction.DENY && destination.ports.length !== 1;
}
