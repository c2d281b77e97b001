import type { ProxyRequest } from './istio-authorization';

/**
 * What a chain of Envoy's RBAC filters says of a request, in the matchers that the library writes. Throws for one that it does not know. Claims are
 * there when a filter that verifies tokens stands before them.
 */
export function rbacAllows(chain: any[], { claims, ...plain }: ProxyRequest, rules: 'rules' | 'shadow_rules' = 'rules'): boolean {
  const isJwt = (filter: any) => filter.name === 'envoy.filters.http.jwt_authn';
  const request = isJwt(chain[0]) ? { ...plain, claims } : plain;
  const filters = chain.slice(isJwt(chain[0]) ? 1 : 0);
  return filters.map((filter) => filter.typed_config[rules]).filter(Boolean).every(({ action, policies }) => {
    const matched = Object.values<any>(policies).some(({ permissions, principals }) =>
      permissions.some((one: any) => permits(one, request)) && principals.some((one: any) => isPrincipal(one, request)));
    return action === 'LOG' || (action === 'ALLOW' ? matched : !matched);
  });
}

function permits(permission: any, request: ProxyRequest): boolean {
  const [kind, value] = only(permission);
  switch (kind) {
    case 'and_rules': return value.rules.every((one: any) => permits(one, request));
    case 'or_rules': return value.rules.some((one: any) => permits(one, request));
    case 'destination_port': return value === request.port;
    case 'header': return matchesString(value.string_match, header(value.name, request));
    case 'url_path': return matchesString(value.path, request.http?.path.split(/[?#]/)[0]);
    default: throw new Error(`unknown permission ${kind}`);
  }
}

function header(name: string, { http }: ProxyRequest): string | undefined {
  switch (name) {
    case ':method': return http?.method;
    case ':authority': return http?.host;
    default: throw new Error(`unknown header ${name}`);
  }
}

function isPrincipal(principal: any, request: ProxyRequest): boolean {
  const [kind, value] = only(principal);
  switch (kind) {
    case 'and_ids': return value.ids.every((one: any) => isPrincipal(one, request));
    case 'authenticated': return matchesString(value.principal_name, request.identity);
    case 'metadata': {
      const payload = value.filter === 'envoy.filters.http.jwt_authn' ? { payload: request.claims } : {};
      return matchesValue(value.value, value.path.reduce((at: any, { key }: any) => at?.[key], payload));
    }
    default: throw new Error(`unknown principal ${kind}`);
  }
}

function matchesValue(matcher: any, value: any): boolean {
  const [kind, inner] = only(matcher);
  switch (kind) {
    case 'or_match': return inner.value_matchers.some((one: any) => matchesValue(one, value));
    case 'string_match': return typeof value === 'string' && matchesString(inner, value);
    case 'list_match': return Array.isArray(value) && value.some((one) => matchesValue(inner.one_of, one));
    default: throw new Error(`unknown value matcher ${kind}`);
  }
}

function matchesString(matcher: any, text: string | undefined): boolean {
  const [kind, value] = only(matcher);
  if (text === undefined) {
    return false;
  }
  switch (kind) {
    case 'exact': return text === value;
    case 'prefix': return text.startsWith(value);
    case 'suffix': return text.endsWith(value);
    case 'safe_regex': return new RegExp(`^(?:${value.regex.replace('(?i)', '')})$`, value.regex.startsWith('(?i)') ? 'i' : '').test(text);
    default: throw new Error(`unknown string matcher ${kind}`);
  }
}

/** A matcher is one of several: exactly one field is set. */
function only(object: any): [string, any] {
  const fields = Object.entries<any>(object);
  if (fields.length !== 1) {
    throw new Error(`not one matcher but ${fields.length}: ${JSON.stringify(object)}`);
  }
  return fields[0];
}
