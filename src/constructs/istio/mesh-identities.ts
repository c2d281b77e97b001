import { Construct } from 'constructs';
import { MANAGED_IDENTITY_LABEL } from './enrollment';
import { ClusterSpiffeId, LabelSelectorOperator } from '../spire/identities';
import { ISpire } from '../spire/spire-ref';

/**
 * The label that only gateways have; Gateway resources select them by its value.
 */
export const GATEWAY_LABEL = 'istio';

/**
 * The label of gateways that lead out of the mesh, and take nothing from outside.
 */
export const EGRESS_LABEL = 'cdk8s-spiffe.dev/egress-gateway';

/**
 * Defines who gets an identity in a mesh. Each pod is selected once: two entries for a pod would make its identity a coin toss.
 *
 * @returns the ClusterSPIFFEIDs
 */
export function defineMeshIdentities(scope: Construct, spire: ISpire): ClusterSpiffeId[] {
  const matchLabels = { [MANAGED_IDENTITY_LABEL]: 'true' };
  const define = (name: string, operator: LabelSelectorOperator) => new ClusterSpiffeId(scope, name, {
    spire, name, podSelector: { matchLabels, matchExpressions: [{ key: GATEWAY_LABEL, operator }] },
  });
  return [define('istio-sidecars', LabelSelectorOperator.DOES_NOT_EXIST), define('istio-gateways', LabelSelectorOperator.EXISTS)];
}
