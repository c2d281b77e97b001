import { isFilledIn } from '../../../model/filled-in';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { opaConfigs, opaContainers } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaServiceUnknown: Rule = {
  id: 'OPA-SERVICE-UNKNOWN',
  level: Level.ERROR,
  title: 'a configuration of OPA names a service that it does not define',
  why: 'OPA refuses the configuration and does not start',
  fix: 'write the name of one of the services',
  source: 'OPA configuration: services, bundles, decision_logs, status',
  check: (system, report) => {
    // services may be told to OPA by its arguments
    if (opaContainers(system).some(({ args }) => args.some(arg => /(^|=)services[.[]/.test(arg)))) return;
    for (const config of opaConfigs(system)) {
      const known = namesOf(config.value.services);
      for (const [path, name] of usesOf(config)) {
        if (name !== '' && !isFilledIn(name) && !known.includes(name)) report.at(config, path, `service "${name}" is not defined: ${known.join(', ') || 'there is none'}`);
      }
    }
  },
};

function namesOf(services: Json): string[] {
  return Array.isArray(services) ? asObjects(services).map(({ name }) => asText(name)) : Object.keys(asObject(services));
}

function usesOf({ value }: Manifest): [Path, string][] {
  const of = (path: Path, one: unknown): [Path, string] => [[...path, 'service'], asText(asObject(one).service)];
  return [...Object.entries(asObject(value.bundles)).map(([name, one]) => of(['bundles', name], one)), ...['decision_logs', 'status', 'discovery', 'bundle'].map(name => of([name], value[name]))];
}
