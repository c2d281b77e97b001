import { ApiObject, Chart } from 'cdk8s';
import { defineCiliumNetworkPolicy } from '../../cilium/cilium-network-policy';
import { AccessStatement, isHttpOnly } from '../access-statement';
import { HBONE_PORT } from '../ambient-pods';
import { absent, except, Expression, WHOLE } from '../enforcement';
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
      const isAmbient = () => this.ambient.has(statement.destination);
      // no connection of the mesh comes to the port of an ambient pod: nothing to deny
      this.rules(statement.destination).denied.push({ get peers() { return isAmbient() ? [] : peers; }, ports: [{ port: statement.port }] });
    }
  }

  protected expressDenial(statement: AccessStatement): Expression {
    if (isHttpOnly(statement)) {
      return absent('a denial by method, path, host or token would deny the whole port');
    }
    if (this.ambient.has(statement.destination)) {
      return absent(`a denial of port ${HBONE_PORT} would deny all ports of the called workload`);
    }
    if (!this.ownPeersOf(statement.source)) {
      return absent('the denied caller has no known pods of its own');
    }
    return except(this.ambient.areUsed ? [`denied callers reach port ${HBONE_PORT}: there ambient callers come`] : []);
  }

  protected defineObject(chart: Chart, options: ConnectionPolicyOptions): ApiObject {
    return defineCiliumNetworkPolicy(chart, options);
  }
}
