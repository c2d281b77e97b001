/**
 * The package of a policy for OPA, whose `allow` decides.
 */
export const REGO_PACKAGE = 'envoy.authz';

/**
 * The path at which OPA is asked for the decision.
 */
export const DECISION_PATH = `${REGO_PACKAGE.replaceAll('.', '/')}/allow`;
