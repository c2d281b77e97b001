import { envoyFaults } from '../../envoy-faults';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyUnknownField: Rule = {
  id: 'ENVOY-UNKNOWN-FIELD',
  level: Level.WARNING,
  title: 'an Envoy configuration has a field that the release told does not have',
  why: 'Envoy does not start with a bootstrap that has one; istiod drops it from an EnvoyFilter in silence',
  fix: 'write the field as the API of your release has it, or remove it',
  source: 'descriptors of Envoy 1.40; observed: Envoy 1.40; istio pkg/config/validation/envoyfilter',
  check: (system, report) => {
    for (const { manifest, path, message, isOfVersion } of envoyFaults(system)) {
      if (isOfVersion) report.at(manifest, path, message);
    }
  },
};
