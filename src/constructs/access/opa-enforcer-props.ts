import { OpaPolicyConfigMap } from '../envoy/opa-policy-config-map';

/**
 * Where the policy for OPA goes, and who asks it.
 */
export interface OpaEnforcerProps {
  /**
   * The ConfigMap that is written with policy and statements, beside the files in the folder `artifacts`.
   *
   * @default - none: the files are made into a bundle
   */
  readonly policy?: OpaPolicyConfigMap;

  /**
   * In an IstioMesh, the extension provider (`envoyExtAuthzGrpc`) by which proxies ask OPA; `additionalMeshConfig` of the mesh defines it.
   *
   * Each called workload gets an AuthorizationPolicy with action CUSTOM. Its proxy asks before all other policies, and before it verifies tokens.
   *
   * @default - no proxy of the mesh asks: the policy is for others
   */
  readonly provider?: string;
}
