import { JWT_AUTHN, JWT_PAYLOAD } from './jwt-authn';

/**
 * A caller by the URI SAN of its certificate.
 */
export function principalName(match: { readonly exact: string } | { readonly prefix: string }): any {
  return { authenticated: { principal_name: match } };
}

/**
 * All of these.
 */
export function allOf(principals: any[]): any {
  return principals.length === 1 ? principals[0] : { and_ids: { ids: principals } };
}

/**
 * One of these permissions.
 */
export function anyOf(permissions: any[]): any {
  return permissions.length === 1 ? permissions[0] : { or_rules: { rules: permissions } };
}

/**
 * The port that the connection came to.
 */
export function destinationPort(port: number): any {
  return { destination_port: port };
}

/**
 * A request with one of these methods.
 */
export function methodIn(methods: readonly string[]): any {
  return anyOf(methods.map((exact) => ({ header: { name: ':method', string_match: { exact } } })));
}

/**
 * A request with a path, without query, that a string matcher takes.
 */
export function urlPath(match: any): any {
  return { url_path: { path: match } };
}

/**
 * A request to a host, whatever its port, in upper or lower case.
 */
export function hostIs(host: string): any {
  const literal = host.replaceAll('.', '\\.');
  return { header: { name: ':authority', string_match: { safe_regex: { regex: `(?i)${literal}\\.?(:.*)?` } } } };
}

/**
 * A token, verified by the jwt_authn filter, whose claim has one of these values: as text, in a list, or in a text with spaces.
 */
export function claimIn(claim: string, values: readonly string[], spaced: boolean): any {
  const texts = values.map((exact) => ({
    string_match: spaced ? { safe_regex: { regex: `(.* )?${exact.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( .*)?` } } : { exact },
  }));
  const listed = values.map((exact) => ({ list_match: { one_of: { string_match: { exact } } } }));
  return {
    metadata: {
      filter: JWT_AUTHN,
      path: [{ key: JWT_PAYLOAD }, { key: claim }],
      value: { or_match: { value_matchers: [...texts, ...listed] } },
    },
  };
}
