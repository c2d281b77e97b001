import { under } from '../../../model/envoy';
import { enumOf } from '../../../model/envoy-names';
import { asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySanType: Rule = {
  id: 'ENVOY-SAN-TYPE',
  level: Level.ERROR,
  title: 'a SAN matcher looks at another name than the SPIFFE ID',
  why: 'SPIRE\'s validator looks at URI matchers only: with a DNS matcher every identity passes',
  fix: 'use san_type: URI',
  source: 'observed: Envoy 1.40 with SPIRE 1.15.3',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      if (!/spiffe:\/\/|ROOTCA|spire/.test(envoy.text)) continue;
      for (const { path, value } of under(envoy, 'match_typed_subject_alt_names')) {
        if (enumOf(value?.san_type) !== 'URI') report.at(envoy, path, asText(value?.san_type) === '' ? 'a matcher without san_type is refused' : `san_type ${asText(value?.san_type)} is ignored`);
      }
    }
  },
};
