import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { fullHost } from './host';
import { requireFilled } from './input';
import { defineIstioObject } from './istio-object';
import { requireNotOwned } from './own-fields';
import { Subset, SubsetProps } from './subset';
import { TrafficPolicy, trafficPolicyJson } from './traffic-policy';
import { Stage } from '../../delivery';
import { requireProps } from '../../identity/require-props';

/**
 * How calls to a host are made.
 */
export interface DestinationRuleProps {
  /**
   * The namespace of the rule, usually that of the service.
   */
  readonly namespace: string;

  /**
   * The host that is called: the name of a Service of the namespace, or a full DNS name.
   */
  readonly host: string;

  /**
   * The name of the rule.
   *
   * @default - the ID of the construct
   */
  readonly name?: string;

  /**
   * The named versions of the host, each selected by labels.
   *
   * @default - none, all pods are one
   */
  readonly subsets?: SubsetProps[];

  /**
   * Load balancing, limits and circuit breaking.
   *
   * @default - those of Istio
   */
  readonly trafficPolicy?: TrafficPolicy;

  /**
   * Further fields of the spec, in Istio's words, such as `exportTo`.
   *
   * @default - none
   */
  readonly additionalSpec?: { [key: string]: any };
}

/**
 * How calls to a host are made, and which versions of it there are. Mutual TLS needs no word here.
 */
export class DestinationRule extends Construct {
  /**
   * The host that is called, as full DNS name.
   */
  public readonly host: string;

  /**
   * The named versions of the host.
   */
  public readonly subsets: Subset[];

  /**
   * The DestinationRule.
   */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, id: string, props: DestinationRuleProps) {
    super(scope, id);
    requireProps(`DestinationRule '${id}'`, props, { namespace: 'text', host: 'text', subsets: 'SubsetProps[]?' });
    const name = props.name ?? id;
    const where = `destination rule '${name}'`;
    requireFilled(where, 'subsets', props.subsets);
    requireNotOwned(where, props.additionalSpec, { host: 'host', subsets: 'subsets', trafficPolicy: 'trafficPolicy' });
    this.host = fullHost(this, where, props.host, props.namespace, true);
    this.subsets = (props.subsets ?? []).map((subset) => new Subset(this.host, subset));
    const names = this.subsets.map((subset) => subset.name);
    const double = names.find((one, index) => names.indexOf(one) !== index);
    if (double !== undefined) {
      throw new Error(`${where} has two subsets '${double}': rename one`);
    }
    this.apiObject = defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      name,
      namespace: props.namespace,
      spec: {
        host: this.host,
        ...(props.trafficPolicy ? { trafficPolicy: trafficPolicyJson(where, props.trafficPolicy) } : {}),
        ...(props.subsets ? { subsets: this.subsets.map((subset) => ({ name: subset.name, labels: subset.labels })) } : {}),
        ...props.additionalSpec,
      },
    });
  }

  /**
   * A version of the host by its name.
   *
   * Throws when there is none of that name.
   *
   * @param name the name of the subset
   */
  public subset(name: string): Subset {
    const subset = this.subsets.find((one) => one.name === name);
    if (!subset) {
      throw new Error(`host '${this.host}' has no subset '${name}': `
        + `use ${this.subsets.map((one) => `'${one.name}'`).join(' or ') || 'the host itself'}, or add it to the subsets`);
    }
    return subset;
  }
}
