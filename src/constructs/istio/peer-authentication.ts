import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { claimOnce } from './claims';
import { requirePort } from './input';
import { defineIstioObject } from './istio-object';
import { IMesh } from './mesh';
import { MeshWorkload } from './mesh-workload';
import { Stage } from '../../delivery';
import { requireProps } from '../../identity/require-props';

/**
 * Which connections a workload takes.
 */
export enum MutualTlsMode {
  /**
   * Mutual TLS only.
   */
  STRICT = 'STRICT',

  /**
   * Mutual TLS and plain text. Callers without certificate have no identity.
   */
  PERMISSIVE = 'PERMISSIVE',

  /**
   * Plain text only. No caller has an identity, and no policy on identities matches.
   */
  DISABLE = 'DISABLE',
}

/**
 * An exception from the mutual TLS of the mesh.
 */
export interface PeerAuthenticationProps {
  /**
   * The mesh.
   */
  readonly mesh: IMesh;

  /**
   * The namespace of the workloads.
   */
  readonly namespace: string;

  /**
   * The name of the PeerAuthentication.
   *
   * @default - the ID of the construct
   */
  readonly name?: string;

  /**
   * The workload that it is for.
   *
   * @default - all of the namespace
   */
  readonly workload?: MeshWorkload;

  /**
   * Which connections are taken.
   *
   * @default - `MutualTlsMode.STRICT`
   */
  readonly mode?: MutualTlsMode;

  /**
   * Exceptions by port of the workload.
   *
   * @default - none
   */
  readonly portModes?: { [port: string]: MutualTlsMode };
}

/**
 * Which connections the workloads of a namespace, or one workload, take. The mesh itself is strict without it.
 */
export class PeerAuthentication extends Construct {
  /**
   * The PeerAuthentication.
   */
  public readonly apiObject: ApiObject;

  public constructor(scope: Construct, id: string, props: PeerAuthenticationProps) {
    super(scope, id);
    requireProps(`PeerAuthentication '${id}'`, props, { mesh: 'IMesh', namespace: 'text' });
    const name = props.name ?? id;
    const where = `peer authentication '${name}'`;
    if (props.namespace === props.mesh.rootNamespace) {
      throw new Error(`${where} is in the root namespace '${props.namespace}': the mesh-wide one is written by the mesh, and one with a selector `
        + 'does nothing there, put it in the namespace of its workloads');
    }
    if (props.workload && props.workload.namespace !== props.namespace) {
      throw new Error(`${where} is in namespace '${props.namespace}', its workload in '${props.workload.namespace}': put it in '${props.workload.namespace}'`);
    }
    if (props.portModes && !props.workload) {
      throw new Error(`${where} has exceptions by port without a workload, which Istio ignores: name the workload`);
    }
    Object.keys(props.portModes ?? {}).forEach((port) => requirePort(`${where}, portModes`, /^\d+$/.test(port) ? Number(port) : port));
    claimOnce(this, `PeerAuthentication for ${props.workload ? `workload '${props.workload}'` : `namespace '${props.namespace}'`}`, name);
    this.apiObject = defineIstioObject(this, Stage.POLICIES, {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      name,
      namespace: props.namespace,
      spec: {
        ...(props.workload ? { selector: { matchLabels: props.workload.matchLabels } } : {}),
        mtls: { mode: props.mode ?? MutualTlsMode.STRICT },
        ...(props.portModes ? { portLevelMtls: Object.fromEntries(Object.entries(props.portModes).map(([port, mode]) => [port, { mode }])) } : {}),
      },
    });
  }
}
