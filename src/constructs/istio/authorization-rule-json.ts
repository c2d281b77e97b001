import { AuthorizationCondition, AuthorizationOperation, AuthorizationRule, AuthorizationSource } from './authorization-rule';
import { requireFilled, requirePort } from './input';

/**
 * A rule in Istio's words, without what Istio would accept and never match.
 */
export function authorizationRuleJson(where: string, rule: AuthorizationRule): any {
  requireFilled(where, 'sources', rule.sources);
  requireFilled(where, 'operations', rule.operations);
  requireFilled(where, 'conditions', rule.conditions);
  return {
    ...(rule.sources ? { from: rule.sources.map((source) => ({ source: sourceJson(where, source) })) } : {}),
    ...(rule.operations ? { to: rule.operations.map((operation) => ({ operation: operationJson(where, operation) })) } : {}),
    ...(rule.conditions ? { when: rule.conditions.map((condition) => conditionJson(where, condition)) } : {}),
  };
}

/**
 * Whether an operation or condition can be true for HTTP only. For TCP, Istio drops such a rule of ALLOW, and widens one of DENY.
 */
export function isHttpOnly(rule: AuthorizationRule): boolean {
  return (rule.sources ?? []).some((source) => source.requestPrincipals !== undefined)
    || (rule.operations ?? []).some((one) => one.hosts ?? one.methods ?? one.notMethods ?? one.paths ?? one.notPaths)
    || (rule.conditions ?? []).some((condition) => condition.key.startsWith('request.'));
}

function sourceJson(where: string, source: AuthorizationSource): any {
  const { identities, principals, ...rest } = source;
  requireLists(where, 'source', { ...source });
  [...principals ?? [], ...source.notPrincipals ?? []].forEach((principal) => requirePrincipal(where, principal));
  (source.requestPrincipals ?? []).forEach((principal) => requireRequestPrincipal(where, principal));
  [...source.namespaces ?? [], ...source.notNamespaces ?? []].forEach((namespace) => requireNamespacePattern(where, namespace));
  const all = [...(identities ?? []).map((identity) => identity.principal), ...principals ?? []];
  return { ...(all.length > 0 ? { principals: all } : {}), ...given(rest) };
}

function operationJson(where: string, operation: AuthorizationOperation): any {
  const { ports, ...rest } = operation;
  requireLists(where, 'operation', { ...operation });
  (ports ?? []).forEach((port) => requirePort(where, port));
  [...operation.methods ?? [], ...operation.notMethods ?? []].forEach((method) => requireMethod(where, method));
  [...operation.paths ?? [], ...operation.notPaths ?? []].forEach((path) => requirePath(where, path));
  return { ...(ports ? { ports: ports.map(String) } : {}), ...given(rest) };
}

const KEYS = /^(request\.headers\[[^\]]+\]|request\.auth\.(principal|audiences|presenter|claims(\[[^\]]+\])+)|source\.(ip|namespace|principal|serviceAccount|trustDomain)|remote\.ip|destination\.(ip|port)|connection\.sni|experimental\.envoy\.filters\..+)$/;

function conditionJson(where: string, condition: AuthorizationCondition): any {
  if (!KEYS.test(condition.key)) {
    throw new Error(`${where} has condition '${condition.key}', which Istio does not know: use request.headers[...], request.auth.claims[...], `
      + 'request.auth.audiences, source.ip, source.namespace, source.principal, remote.ip, destination.port or connection.sni');
  }
  requireLists(where, `condition '${condition.key}'`, { values: condition.values, notValues: condition.notValues });
  if (condition.key === 'source.principal') {
    [...condition.values ?? [], ...condition.notValues ?? []].forEach((principal) => requirePrincipal(where, principal));
  }
  return given({ ...condition });
}

function requireLists(where: string, what: string, lists: { [key: string]: any }): void {
  const values = Object.entries(lists).filter(([, list]) => list !== undefined);
  if (values.length === 0) {
    throw new Error(`${where} has a ${what} without any limit: it means everything, give a limit or leave it out`);
  }
  values.forEach(([name, list]) => requireFilled(`${where}, ${what}`, name, list));
}

function requirePrincipal(where: string, principal: string): void {
  if (principal.includes('://')) {
    throw new Error(`${where} has principal '${principal}' with a scheme: Istio accepts it and it matches nobody, use '${principal.split('://')[1]}'`);
  }
  if (principal !== '*' && !/^(\*?[^*]+|[^*]+\*)$/.test(principal)) {
    throw new Error(`${where} has principal '${principal}' with '*' inside: it is a plain character there, `
      + "use '*' as first or last character only, or name the identities one by one");
  }
}

function requireRequestPrincipal(where: string, principal: string): void {
  if (/(^|\/)spiffe:\/\//.test(principal)) {
    const subject = principal.slice(principal.indexOf('spiffe://'));
    throw new Error(`${where} has request principal '${principal}': Istio cuts it at the last '/', so it matches nobody, `
      + `use the condition request.auth.claims[sub] with value '${subject}'`);
  }
}

function requireNamespacePattern(where: string, namespace: string): void {
  if (!/^\*?[a-z0-9-]*\*?$/.test(namespace)) {
    throw new Error(`${where} has namespace '${namespace}', which is no Kubernetes name and matches nobody: use a-z, 0-9 and '-', and '*' as first or last character only`);
  }
}

function requireMethod(where: string, method: string): void {
  if (!/^(\*?[A-Z]+|[A-Z]+\*|\*)$/.test(method)) {
    throw new Error(`${where} has method '${method}', which matches no request: methods are upper case, use '${method.toUpperCase()}'`);
  }
}

/**
 * Refuses a path that no request has.
 */
export function requirePath(where: string, path: string): void {
  if (!path.startsWith('/') && !path.startsWith('*')) {
    throw new Error(`${where} has path '${path}', which matches no request: paths begin with '/', use '/${path}'`);
  }
  if (/[?#]/.test(path)) {
    throw new Error(`${where} has path '${path}' with '${/[?#]/.exec(path)![0]}': paths are compared without query, use '${path.split(/[?#]/)[0]}'`);
  }
  if (path.replace(/^\*/, '').replace(/\*$/, '').replace(/\{\*\*?\}/g, '').includes('*') || (path.length > 1 && /^\*.*[^{*]\*$/.test(path))) {
    throw new Error(`${where} has path '${path}' with '*' inside: it is a plain character there, use '{*}' for one segment or '{**}' for the rest`);
  }
  if (path.includes('//')) {
    throw new Error(`${where} has path '${path}' with '//': slashes are merged before paths are compared, use '${path.replace(/\/+/g, '/')}'`);
  }
}

function given(fields: { [key: string]: any }): any {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
