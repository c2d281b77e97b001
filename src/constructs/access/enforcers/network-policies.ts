import { ApiObject, Chart } from 'cdk8s';
import { defineNetworkPolicy } from '../../network/network-policy';
import { EgressStatement, outsidePort } from '../egress-statement';
import { absent, except, Expression } from '../enforcement';
import { ConnectionPolicies, ConnectionPolicyOptions } from './connection-policies';

/**
 * NetworkPolicies of Kubernetes, which every network plugin that enforces policies knows.
 */
export class NetworkPolicies extends ConnectionPolicies {
  public readonly layer: string = 'NetworkPolicy';

  public expressEgress(statement: EgressStatement): Expression {
    const addresses = this.externalAddresses?.join(', ') ?? 'every address';
    return except([`hosts are not seen: ${addresses} is reached on port ${outsidePort(statement)}${statement.gateway ? ' from the gateway' : ''}`]);
  }

  protected deny(): void {
    // there is no denial: policies are only added up
  }

  protected expressDenial(): Expression {
    return absent('a denial is not expressed, since its policies only allow');
  }

  protected defineObject(chart: Chart, { denied, ...options }: ConnectionPolicyOptions): ApiObject {
    return defineNetworkPolicy(chart, options);
  }
}
