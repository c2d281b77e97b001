import { under } from '../../../model/envoy';
import { asList, asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyTwoMatchers: Rule = {
  id: 'ENVOY-TWO-MATCHERS',
  level: Level.WARNING,
  title: 'SAN matchers of the old form stand beside those of the new one',
  why: 'match_subject_alt_names is ignored where match_typed_subject_alt_names is set',
  fix: 'move its matchers into match_typed_subject_alt_names, with san_type: URI',
  source: 'envoy transport_sockets/tls/v3/common.proto CertificateValidationContext',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of [...under(envoy, 'default_validation_context'), ...under(envoy, 'validation_context')]) {
        const { match_subject_alt_names: old, match_typed_subject_alt_names: typed } = asObject(value);
        if (asList(old).length > 0 && asList(typed).length > 0) report.at(envoy, [...path, 'match_subject_alt_names'], 'match_subject_alt_names is ignored');
      }
    }
  },
};
