import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Stage } from '../../delivery';
import { defineNamespace } from '../namespace';
import { PodSecurityLevel } from '../pod-security';
import { claimOnce } from './claims';
import { requireWorkloadNamespace } from './input';
import { defineIstioObject } from './istio-object';
import { importNamespace } from './namespaces';
import { requireProps } from '../../identity/require-props';

/**
 * What a namespace of the mesh is.
 */
export interface MeshNamespaceProps {
  /**
   * The name of the namespace.
   *
   * @default - the ID of the construct
   */
  readonly name?: string;

  /**
   * Its Pod Security level.
   *
   * @default - `PodSecurityLevel.RESTRICTED`
   */
  readonly podSecurity?: PodSecurityLevel;
}

/**
 * A namespace whose pods get proxies, and whose workloads nobody may call until a policy allows it.
 *
 * It has its own default deny, so that it stays closed when the mesh-wide one is changed.
 */
export class MeshNamespace extends Construct {
  /**
   * Says that a namespace is defined elsewhere, so that workloads and policies may be in it. Nothing is written.
   *
   * It has to have the label `istio-injection: enabled`, and an AuthorizationPolicy without rules if it is to stay closed by itself.
   *
   * Throws when it is no name of a namespace for workloads.
   *
   * @param scope a construct in the platform
   * @param name the name of the namespace
   */
  public static fromName(scope: Construct, name: string): string {
    importNamespace(scope, requireWorkloadNamespace('imported MeshNamespace', name));
    return name;
  }

  /**
   * The name of the namespace.
   */
  public readonly name: string;

  /**
   * The Namespace.
   */
  public readonly apiObject: ApiObject;

  /**
   * The AuthorizationPolicy without rules, which denies what no other policy allows.
   */
  public readonly defaultDeny: ApiObject;

  public constructor(scope: Construct, id: string, props: MeshNamespaceProps = {}) {
    super(scope, id);
    requireProps(`MeshNamespace '${id}'`, props, { name: 'text?' });
    this.name = requireWorkloadNamespace(`MeshNamespace '${this.node.path}'`, props.name ?? id);
    claimOnce(this, `Namespace '${this.name}'`, this.node.path);
    this.apiObject = defineNamespace(this, {
      name: this.name,
      podSecurity: props.podSecurity ?? PodSecurityLevel.RESTRICTED,
      labels: { 'istio-injection': 'enabled' },
    });
    this.defaultDeny = defineIstioObject(this, Stage.MESH, {
      apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', name: 'default-deny', namespace: this.name, spec: {},
    });
  }
}
