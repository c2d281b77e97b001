import { rootOf, typed } from '../../../model/envoy';
import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySpiffeValidator: Rule = {
  id: 'ENVOY-SPIFFE-VALIDATOR',
  level: Level.ERROR,
  title: 'a SPIFFE validator names trust domains wrongly',
  why: 'it compares the name with the part behind spiffe://: with the scheme in it no certificate is believed; two of one name are refused',
  fix: 'write the trust domain alone, such as example.org, once',
  source: 'envoy tls_spiffe_validator_config.proto',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'SPIFFECertValidatorConfig')) {
        const names = asObjects(value.trust_domains).map(domain => asText(domain.name));
        names.forEach((name, i) => {
          const problem = /[:/]/.test(name) ? 'has a scheme or a path' : names.indexOf(name) < i ? 'is there twice' : undefined;
          if (problem) report.at(envoy, [...path, 'trust_domains', i, 'name'], `trust domain "${name}" ${problem}`);
        });
      }
    }
  },
};
