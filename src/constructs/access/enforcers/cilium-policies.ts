import { ApiObject, Chart } from 'cdk8s';
import { defineCiliumNetworkPolicy } from '../../cilium/cilium-network-policy';
import { AccessStatement, isHttpOnly } from '../access-statement';
import { absent, Expression, WHOLE } from '../enforcement';
import { ConnectionPolicies, ConnectionPolicyOptions } from './connection-policies';

/**
 * CiliumNetworkPolicies: besides pods and ports they know denials, and hosts by their DNS names.
 */
export class CiliumPolicies extends ConnectionPolicies {
  public readonly layer: string = 'Cilium';

  public expressEgress(): Expression {
    return WHOLE;
  }

  protected deny(statement: AccessStatement): void {
    const peers = this.ownPeersOf(statement.source);
    if (peers && !isHttpOnly(statement)) {
      this.rules(statement.destination).denied.push({ peers, ports: [{ port: statement.port }] });
    }
  }

  protected expressDenial(statement: AccessStatement): Expression {
    if (isHttpOnly(statement)) {
      return absent('a denial by method, path, host or token would deny the whole port');
    }
    return this.ownPeersOf(statement.source) ? WHOLE : absent('the denied caller has no known pods of its own');
  }

  protected defineObject(chart: Chart, options: ConnectionPolicyOptions): ApiObject {
    return defineCiliumNetworkPolicy(chart, options);
  }
}
