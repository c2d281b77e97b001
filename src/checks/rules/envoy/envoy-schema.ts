import { envoyFaults } from '../../envoy-faults';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySchema: Rule = {
  id: 'ENVOY-SCHEMA',
  level: Level.ERROR,
  title: 'an Envoy configuration misspells a field, lacks one, or has a value that Envoy does not take',
  why: 'Envoy refuses a bootstrap and does not start; istiod refuses the value in an EnvoyFilter, or drops the field in silence',
  fix: 'write the field as the API of Envoy has it',
  source: 'descriptors of Envoy 1.40; observed: Envoy 1.40; istio pkg/config/validation/envoyfilter',
  check: (system, report) => {
    for (const { manifest, path, message, isOfVersion } of envoyFaults(system)) {
      if (!isOfVersion) report.at(manifest, path, message);
    }
  },
};
