import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AuthorizationRule } from './authorization-rule';
import { authorizationRuleJson, isHttpOnly } from './authorization-rule-json';
import { requireFilled } from './input';
import { defineIstioObject } from './istio-object';
import { MeshWorkload } from './mesh-workload';
import { providersOf, unknownProvider } from './providers';
import { Stage } from '../../delivery';
import { requireProps } from '../../identity/require-props';
import { requireLabels } from '../labels';

/**
 * What happens to requests that match a policy.
 */
export enum AuthorizationAction {
  /**
   * They pass, unless a policy denies them. What no policy allows is denied.
   */
  ALLOW = 'ALLOW',

  /**
   * They are refused, whatever else allows them.
   */
  DENY = 'DENY',

  /**
   * They are marked for an audit log.
   */
  AUDIT = 'AUDIT',

  /**
   * An extension provider decides before all other policies.
   */
  CUSTOM = 'CUSTOM',
}

/**
 * What a policy allows or denies.
 */
export interface AuthorizationPolicyProps {
  /**
   * The namespace of the policy; that of the workload when one is given.
   */
  readonly namespace: string;

  /**
   * The rules. A request matches the policy when it matches one of them.
   *
   * @default - none: with ALLOW nothing matches, which denies everything that no other policy allows
   */
  readonly rules?: AuthorizationRule[];

  /**
   * The name of the policy.
   *
   * @default - the ID of the construct
   */
  readonly name?: string;

  /**
   * What happens to requests that match.
   *
   * @default - `AuthorizationAction.ALLOW`
   */
  readonly action?: AuthorizationAction;

  /**
   * The workload that the policy protects.
   *
   * @default - all of the namespace, or those with `matchLabels`
   */
  readonly workload?: MeshWorkload;

  /**
   * The labels of the pods that the policy protects.
   *
   * @default - all of the namespace, or those of `workload`
   */
  readonly matchLabels?: { [key: string]: string };

  /**
   * The name of the extension provider that decides, for `AuthorizationAction.CUSTOM`. The mesh has to define it.
   *
   * @default - none
   */
  readonly provider?: string;

  /**
   * Further fields of the spec, in Istio's words, such as `targetRefs`.
   *
   * @default - none
   */
  readonly additionalSpec?: { [key: string]: any };
}

/**
 * Who may ask what of whom.
 *
 * Throws for what Istio accepts and never matches, or reads as no limit: principals with a scheme, stars inside, empty lists, lower-case
 * methods, paths without slash, DENY on HTTP fields without ports.
 */
export class AuthorizationPolicy extends Construct {
  /**
   * The AuthorizationPolicy.
   */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, id: string, props: AuthorizationPolicyProps) {
    super(scope, id);
    requireProps(`AuthorizationPolicy '${id}'`, props, { namespace: 'text', rules: 'AuthorizationRule[]?', workload: 'MeshWorkload?' });
    const name = props.name ?? id;
    const where = `policy '${name}'`;
    const action = props.action ?? AuthorizationAction.ALLOW;
    requireFilled(where, 'rules', props.rules);
    this.requireAction(where, action, props);
    const matchLabels = this.matchLabels(where, props);
    this.apiObject = defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      name,
      namespace: props.namespace,
      spec: {
        ...(matchLabels ? { selector: { matchLabels } } : {}),
        ...(props.rules || action !== AuthorizationAction.ALLOW ? { action } : {}),
        ...(props.provider ? { provider: { name: props.provider } } : {}),
        ...(props.rules ? { rules: props.rules.map((rule) => authorizationRuleJson(where, rule)) } : {}),
        ...props.additionalSpec,
      },
    });
    const provider = props.provider;
    if (provider !== undefined) {
      // the mesh may be defined later
      this.node.addValidation({ validate: () => unknownProvider(where, provider, providersOf(this) ?? [provider]) });
    }
  }

  private matchLabels(where: string, props: AuthorizationPolicyProps): { [key: string]: string } | undefined {
    if (props.workload && props.matchLabels) {
      throw new Error(`${where} has both a workload and matchLabels: give one of them`);
    }
    if (props.workload && props.workload.namespace !== props.namespace) {
      throw new Error(`${where} is in namespace '${props.namespace}', its workload in '${props.workload.namespace}': `
        + `it would protect nothing, put it in '${props.workload.namespace}'`);
    }
    if (props.matchLabels && Object.keys(props.matchLabels).length === 0) {
      throw new Error(`${where} has empty matchLabels, which select all pods of the namespace: give labels, or leave matchLabels out`);
    }
    requireLabels(`matchLabels of ${where}`, props.matchLabels);
    return props.workload?.matchLabels ?? props.matchLabels;
  }

  private requireAction(where: string, action: AuthorizationAction, props: AuthorizationPolicyProps): void {
    if (!props.rules && (action === AuthorizationAction.DENY || action === AuthorizationAction.CUSTOM)) {
      throw new Error(`${where} has action ${action} without rules, which Istio refuses: add a rule; to deny everything, use ALLOW without rules`);
    }
    if ((action === AuthorizationAction.CUSTOM) !== (props.provider !== undefined)) {
      throw new Error(`${where} has ${props.provider ? `provider '${props.provider}'` : 'no provider'} with action ${action}: `
        + 'CUSTOM needs one, the other actions have none');
    }
    for (const rule of props.rules ?? []) {
      const hasPorts = rule.operations !== undefined && rule.operations.every((operation) => operation.ports !== undefined);
      if (action === AuthorizationAction.DENY && isHttpOnly(rule) && !hasPorts) {
        throw new Error(`${where} denies by HTTP fields on all ports: on TCP ports Istio drops these fields and denies everything, `
          + 'add the HTTP ports to each operation');
      }
      if (action === AuthorizationAction.CUSTOM && rule.sources?.some((source) => !onlyAddresses(source))) {
        throw new Error(`${where} has action CUSTOM with sources by identity, namespace or token, which Istio refuses: `
          + 'let the provider look at them');
      }
    }
  }
}

function onlyAddresses(source: { [key: string]: any }): boolean {
  return Object.keys(source).filter((key) => source[key] !== undefined).every((key) => key === 'ipBlocks' || key === 'remoteIpBlocks');
}
