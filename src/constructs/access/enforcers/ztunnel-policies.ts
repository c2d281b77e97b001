import { AccessAction, AccessStatement, isHttpOnly } from '../access-statement';
import { AmbientPods } from '../ambient-pods';
import { EgressStatement } from '../egress-statement';
import { absent, except, Expression } from '../enforcement';
import { handingOn } from '../handing-on';
import { IstioPolicies } from './istio-policies';

/**
 * What becomes of calls to hosts outside in ambient namespaces.
 */
export const PASSES_EVERYTHING = 'ztunnel lets calls to all hosts outside through, registered or not';

/**
 * Refuses an egress gateway for callers without a sidecar, which would not go through it.
 */
export function requireDirect(layer: string, { source, gateway }: EgressStatement): void {
  if (gateway) {
    throw new Error(`egress of '${source}' goes through gateway '${gateway.name}', which ${layer} cannot lead to: only sidecars follow its routes, `
      + 'use AccessEnforcer.istio() or leave gateway out');
  }
}

/**
 * Policies for ambient namespaces without a waypoint: ztunnel sees identities and ports. A rule with more would match nothing there.
 */
export class ZtunnelPolicies extends IstioPolicies {
  public readonly layer: string = 'Istio ztunnel';

  public add(statement: AccessStatement): void {
    AmbientPods.of(this.mesh).add(statement.destination);
    if (this.leavesOut(statement) === undefined) {
      const { action, auditOnly, source, destination, port } = statement;
      super.add({ action, auditOnly, source: handingOn(source, this.mesh), destination, port });
    }
  }

  public express(statement: AccessStatement): Expression {
    const reason = this.leavesOut(statement);
    return reason ? absent(reason) : except(isHttpOnly(statement) ? ['all methods, paths, hosts and tokens pass'] : []);
  }

  public audit({ destination }: AccessStatement): void {
    // ztunnel has no action that marks connections
    AmbientPods.of(this.mesh).add(destination);
  }

  public expressAudit(): Expression {
    return absent('ztunnel marks nothing');
  }

  public addEgress(statement: EgressStatement): void {
    requireDirect(this.layer, statement);
    super.addEgress(statement);
  }

  public expressEgress(): Expression {
    return absent(PASSES_EVERYTHING);
  }

  private leavesOut(statement: AccessStatement): string | undefined {
    if (statement.auditOnly) {
      return 'what is only watched is left out';
    }
    return statement.action === AccessAction.DENY && isHttpOnly(statement) ? 'a denial by method, path, host or token would deny the whole port' : undefined;
  }
}
