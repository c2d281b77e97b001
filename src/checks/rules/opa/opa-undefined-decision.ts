import { collect } from '../../../model/collect';
import { Embedded } from '../../../model/embedded';
import { Manifest, Path, asObject, asText } from '../../../model/manifest';
import { opaConfigs, opaContainers, pluginArgument, pluginOf, policiesIn } from '../../../model/opa';
import { Text } from '../../../model/text';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const opaUndefinedDecision: Rule = {
  id: 'OPA-UNDEFINED-DECISION',
  level: Level.ERROR,
  title: 'OPA is asked for a rule that its package does not have',
  why: 'an undefined decision is a refusal: every request is denied',
  fix: 'set path to <package>/<rule> of a rule that the policies define',
  source: 'opa-envoy-plugin README',
  check: (system, report) => {
    if (system.regos.length === 0) return;
    for (const { workload, container, args } of opaContainers(system)) {
      const path = args.some(arg => /bundles?|discovery|^-b$/.test(arg)) ? undefined : pluginArgument(args, 'path');
      const mounted = path === undefined ? [] : workload.volumes.map(({ configMap }) => system.find('ConfigMap', workload.namespace, asText(asObject(configMap).name)));
      const own = policiesIn(system, mounted);
      if (path !== undefined && own.length > 0) tell(report, packagesOf(own), workload.manifest, [...container.path, 'args'], path);
    }
    const packages = packagesOf(system.regos);
    for (const config of opaConfigs(system).filter(({ value }) => value.bundles === undefined && value.discovery === undefined)) {
      if (!(config instanceof Embedded)) continue;
      const path = asText(asObject(pluginOf(config)).path);
      if (path !== '') tell(report, packages, config, ['plugins', 'envoy_ext_authz_grpc', 'path'], path);
    }
  },
};

/** The policies of each package, as a path. */
function packagesOf(regos: readonly Text[]): ReadonlyMap<string, Text[]> {
  const found = new Map<string, Text[]>();
  for (const rego of regos) collect(found, (/^[ \t]*package\s+([\w.]+)/m.exec(rego.text)?.[1] ?? '').replace(/\./g, '/'), rego);
  return found;
}

function tell(report: Report, packages: ReadonlyMap<string, Text[]>, manifest: Manifest, at: Path, given: string): void {
  const path = given.replace(/^\/|\/$/g, '').replace(/\./g, '/');
  const [owner, rule] = [path.slice(0, Math.max(path.lastIndexOf('/'), 0)), path.slice(path.lastIndexOf('/') + 1)];
  // a package of its own may have that name, and OPA-DECISION-PATH tells of other packages in a configuration
  const isPackage = [...packages.keys()].some(name => name === path || name.startsWith(`${path}/`));
  if (!/^\w+$/.test(rule) || isPackage) return;
  const regos = packages.get(owner) ?? [];
  if (regos.length === 0 && at.includes('plugins')) return;
  if (regos.length === 0) report.at(manifest, at, `the decision is ${path}, the policies are in package ${[...packages.keys()].join(', ').replace(/\//g, '.')}`);
  else if (!regos.some(({ text }) => new RegExp(`^[ \\t]*(default[ \\t]+)?${rule}\\b`, 'm').test(text))) report.at(manifest, at, `package ${owner.replace(/\//g, '.')} has no rule ${rule}`);
}
