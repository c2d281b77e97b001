import { requireProps } from '../../identity/require-props';
import { requireNamespace, requireObjectName } from '../istio/input';

/**
 * Which ConfigMap holds a policy for OPA.
 */
export interface OpaPolicyConfigMapProps {
  /**
   * The name of the ConfigMap.
   */
  readonly name: string;

  /**
   * The namespace of the ConfigMap, and of the workloads that read it.
   */
  readonly namespace: string;
}

/**
 * The ConfigMap with a policy for OPA: `AccessEnforcer.opa` writes it, and OPA beside a workload reads it.
 *
 * It holds 1 MiB at most. OPA loads it with `--ignore=.*`, since Kubernetes mounts each file of a ConfigMap more than once.
 */
export class OpaPolicyConfigMap {
  /**
   * A ConfigMap by its name.
   *
   * Throws when Kubernetes would not take the names.
   *
   * @param props name and namespace
   */
  public static of(props: OpaPolicyConfigMapProps): OpaPolicyConfigMap {
    requireProps('OpaPolicyConfigMap.of', props, { name: 'text', namespace: 'text' });
    requireObjectName('ConfigMap', props.name);
    return new OpaPolicyConfigMap(props.name, requireNamespace(`ConfigMap '${props.name}'`, props.namespace));
  }

  /**
   * The name of the ConfigMap.
   */
  public readonly name: string;

  /**
   * The namespace of the ConfigMap.
   */
  public readonly namespace: string;

  private constructor(name: string, namespace: string) {
    this.name = name;
    this.namespace = namespace;
  }

  /**
   * The ConfigMap for messages.
   */
  public toString(): string {
    return `${this.namespace}/${this.name}`;
  }
}
