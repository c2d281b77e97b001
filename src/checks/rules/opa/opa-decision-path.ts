import { Embedded } from '../../../model/embedded';
import { asObject, asText } from '../../../model/manifest';
import { opaConfigs, pluginOf } from '../../../model/opa';
import { Text } from '../../../model/text';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaDecisionPath: Rule = {
  id: 'OPA-DECISION-PATH',
  level: Level.ERROR,
  title: 'OPA is asked for a decision that no policy makes',
  why: 'an undefined decision is a refusal: every request is denied',
  fix: 'set path to <package>/<rule>, with slashes: envoy/authz/allow for "allow" in package envoy.authz',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    const packages = new Map(system.regos.map(rego => [(/^[ \t]*package\s+([\w.]+)/m.exec(rego.text)?.[1] ?? '').replace(/\./g, '/'), rego]));
    for (const config of opaConfigs(system)) {
      // policies of bundles are not to be seen here
      if (pluginOf(config) === undefined || config.value.bundles !== undefined || asText(asObject(pluginOf(config)).query) !== '') continue;
      const namespace = config instanceof Embedded ? config.outer.manifest?.namespace : undefined;
      const isNear = ({ manifest }: Text): boolean => namespace === undefined || manifest === undefined || manifest.namespace === namespace;
      const near = [...packages].filter(([, rego]) => isNear(rego)).map(([name]) => name);
      const path = (asText(asObject(pluginOf(config)).path) || 'envoy/authz/allow').replace(/^\/|\/$/g, '').replace(/\./g, '/');
      if (near.length === 0 || near.some(name => path === name || path.startsWith(`${name}/`) || name.startsWith(`${path}/`))) continue;
      report.at(config, ['plugins', 'envoy_ext_authz_grpc', 'path'], `the decision is ${path}, the policies are in package ${near.join(', ').replace(/\//g, '.')}`);
    }
  },
};
