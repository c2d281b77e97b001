import { WorkloadIdentity } from '../../identity';

/**
 * Who takes part in a mesh under an identity: a workload or a gateway.
 */
export interface IMeshPeer {
  /**
   * The identity that the peer proves with its certificate.
   */
  readonly identity: WorkloadIdentity;
}

/**
 * What is known of an enrolled workload.
 */
export interface MeshWorkloadProps {
  /**
   * The identity of the workload's pods.
   */
  readonly identity: WorkloadIdentity;

  /**
   * The name of the workload.
   */
  readonly name: string;

  /**
   * The labels of its pods.
   */
  readonly podLabels: { [key: string]: string };

  /**
   * The labels that select its pods and no others.
   */
  readonly matchLabels: { [key: string]: string };

  /**
   * The TCP ports that its containers declare.
   */
  readonly ports: number[];

  /**
   * Those of the ports that have a name.
   *
   * @default - none
   */
  readonly portNames?: { [name: string]: number };
}

/**
 * A workload of a mesh, as `enroll` gives it. Policies and routes take it by reference.
 */
export class MeshWorkload implements IMeshPeer {
  /**
   * The identity of the workload's pods.
   */
  public readonly identity: WorkloadIdentity;

  /**
   * The name of the workload.
   */
  public readonly name: string;

  /**
   * The labels of its pods.
   */
  public readonly podLabels: { [key: string]: string };

  /**
   * The labels that select its pods and no others.
   */
  public readonly matchLabels: { [key: string]: string };

  /**
   * The TCP ports that its containers declare; none when they declare none.
   */
  public readonly ports: number[];

  /**
   * Those of the ports that have a name.
   */
  public readonly portNames: { [name: string]: number };

  public constructor(props: MeshWorkloadProps) {
    this.identity = props.identity;
    this.name = props.name;
    this.podLabels = { ...props.podLabels };
    this.matchLabels = { ...props.matchLabels };
    this.ports = [...props.ports];
    this.portNames = { ...props.portNames };
  }

  /**
   * The namespace of the workload.
   */
  public get namespace(): string {
    return this.identity.namespace;
  }

  /**
   * The name of the workload's identity in Istio's policies, without scheme.
   */
  public get principal(): string {
    return this.identity.principal;
  }

  /**
   * The name for people, such as `shop/web`.
   */
  public toString(): string {
    return `${this.namespace}/${this.name}`;
  }
}
