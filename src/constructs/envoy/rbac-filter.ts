const TYPE = 'type.googleapis.com/envoy.extensions.filters';

/**
 * A rule of Envoy's RBAC filter: it matches when the principal and all permissions do.
 */
export interface RbacRule {
  readonly name: string;
  readonly principal: any;
  readonly permissions: any[];
}

/**
 * The rules of a filter by what they do.
 */
export interface RbacRules {
  /** Rules that mark requests: `access_log_hint` in the metadata `envoy.common`. */
  readonly audit: RbacRule[];
  readonly deny: RbacRule[];
  readonly allow: RbacRule[];
  /** Rules that only count and log what they would do. */
  readonly shadowDeny: RbacRule[];
  readonly shadowAllow: RbacRule[];
}

/**
 * The RBAC filters of a listener for HTTP: marks first, then denials. The filter of the permissions is there even without any, since it denies the rest.
 */
export function httpRbacFilters(rules: RbacRules): any[] {
  return filters('envoy.filters.http.rbac', `${TYPE}.http.rbac.v3.RBAC`, {}, rules);
}

/**
 * The same for bytes that are no HTTP.
 */
export function networkRbacFilters(rules: RbacRules): any[] {
  return filters('envoy.filters.network.rbac', `${TYPE}.network.rbac.v3.RBAC`, { stat_prefix: 'access' }, rules);
}

function filters(name: string, type: string, common: any, { audit, deny, allow, shadowDeny, shadowAllow }: RbacRules): any[] {
  const filter = (action: string, rules: any) => ({ name: `${name}.${action}`, typed_config: { '@type': type, ...common, ...rules } });
  const denies = { ...section('rules', 'DENY', deny), ...section('shadow_rules', 'DENY', shadowDeny) };
  return [
    ...(audit.length > 0 ? [filter('audit', { rules: policies('LOG', audit) })] : []),
    ...(Object.keys(denies).length > 0 ? [filter('deny', denies)] : []),
    filter('allow', { rules: policies('ALLOW', allow), ...section('shadow_rules', 'ALLOW', shadowAllow) }),
  ];
}

function section(field: string, action: string, rules: RbacRule[]): any {
  return rules.length > 0 ? { [field]: policies(action, rules) } : {};
}

function policies(action: string, rules: RbacRule[]): any {
  return {
    action,
    policies: Object.fromEntries(rules.map(({ name, principal, permissions }) => [name, {
      permissions: [{ and_rules: { rules: permissions } }],
      principals: [principal],
    }])),
  };
}
