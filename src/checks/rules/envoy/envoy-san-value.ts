import { agentSecrets, under } from '../../../model/envoy';
import { enumOf } from '../../../model/envoy-names';
import { isFilledIn } from '../../../model/filled-in';
import { asObject, asText } from '../../../model/manifest';
import { spiffeIdError } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySanValue: Rule = {
  id: 'ENVOY-SAN-VALUE',
  level: Level.ERROR,
  title: 'a SAN matcher wants a text that is no SPIFFE ID',
  why: 'the name in a certificate is spiffe://<trust domain>/…: nobody is let in, or no server is believed',
  fix: 'write the whole SPIFFE ID in exact, or its beginning in prefix',
  source: 'envoy match_typed_subject_alt_names',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      if (agentSecrets(envoy).length === 0) continue;
      for (const { path, value } of under(envoy, 'match_typed_subject_alt_names').filter(one => enumOf(one.value?.san_type) === 'URI')) {
        for (const kind of ['exact', 'prefix']) {
          const text = asText(asObject(value.matcher)[kind]);
          const reason = kind === 'exact' && text.startsWith('spiffe://') && !text.includes('*') && !isFilledIn(text) ? spiffeIdError(text) : undefined;
          if (reason !== undefined) report.at(envoy, [...path, 'matcher', kind], `${kind} is "${text}": ${reason}`);
          else if (text !== '' && !text.startsWith('spiffe://') && !/^\W/.test(text)) report.at(envoy, [...path, 'matcher', kind], `${kind} is "${text}"`);
          else if (text.includes('*')) report.at(envoy, [...path, 'matcher', kind], `${kind} is "${text}": the star is taken literally`, 'write what comes before the star into prefix, or use safe_regex');
        }
      }
    }
  },
};
