import { fullName } from './hosts';
import { collect } from '../collect';
import { Manifest, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** The DestinationRules of a host, which is written in full. */
export function destinationRules(system: System, host: string): readonly Manifest[] {
  return byHost(system).get(host) ?? [];
}

const byHost = once((system: System): ReadonlyMap<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const rule of system.all('DestinationRule')) {
    if (rule.group === 'networking.istio.io') collect(found, fullName(asText(rule.spec.host), rule.namespace), rule);
  }
  return found;
});
