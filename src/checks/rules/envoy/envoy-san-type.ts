import { under } from '../../../model/envoy';
import { enumOf } from '../../../model/envoy-names';
import { asObjects, asText, Json } from '../../../model/manifest';
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
      // a file of authorities is for Envoy's own validator, which reads all names
      const contexts = under(envoy, 'validation_context').filter(({ value }) => isOwn(value));
      const known = new Set(contexts.flatMap(({ value }) => asObjects(value.match_typed_subject_alt_names)));
      for (const { path, value } of under(envoy, 'match_typed_subject_alt_names').filter(one => !known.has(one.value))) {
        if (enumOf(value?.san_type) !== 'URI') report.at(envoy, path, asText(value?.san_type) === '' ? 'a matcher without san_type is refused' : `san_type ${asText(value?.san_type)} is ignored`);
      }
    }
  },
};

function isOwn(context: Json): boolean {
  return context?.trusted_ca !== undefined && context.custom_validator_config === undefined;
}
