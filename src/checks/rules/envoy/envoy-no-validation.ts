import { rootOf, typed, validationOf } from '../../../model/envoy';
import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyNoValidation: Rule = {
  id: 'ENVOY-NO-VALIDATION',
  level: Level.ERROR,
  title: 'a TLS listener demands a certificate and checks none',
  why: 'without a validation context Envoy takes no certificate, a self-signed one, anything',
  fix: 'add combined_validation_context with SPIRE\'s bundle and a SAN matcher',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'DownstreamTlsContext')) {
        if (value.require_client_certificate === true && !validationOf(asObject(value.common_tls_context))) report.at(envoy, [...path, 'require_client_certificate'], 'require_client_certificate without a validation context');
      }
      for (const { path, value } of typed(rootOf(envoy), 'UpstreamTlsContext')) {
        const common = asObject(value.common_tls_context);
        if (/sds_config/.test(JSON.stringify(common)) && !validationOf(common)) report.at(envoy, path, 'the server is not verified: there is no validation context');
      }
    }
  },
};
