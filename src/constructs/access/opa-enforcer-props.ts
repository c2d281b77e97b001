import { OpaPolicyConfigMap } from '../envoy/opa-policy-config-map';

/**
 * Where the policy for OPA goes.
 */
export interface OpaEnforcerProps {
  /**
   * The ConfigMap that is written with policy and statements, beside the files in the folder `artifacts`.
   *
   * @default - none: the files are made into a bundle
   */
  readonly policy?: OpaPolicyConfigMap;
}
