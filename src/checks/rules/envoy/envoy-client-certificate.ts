import { rootOf, typed } from '../../../model/envoy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyClientCertificate: Rule = {
  id: 'ENVOY-CLIENT-CERTIFICATE',
  level: Level.WARNING,
  title: 'a TLS listener does not demand a client certificate',
  why: 'whether a client is asked is left to the validator; Envoy calls this default insecure and deprecated',
  fix: 'set require_client_certificate: true',
  source: 'observed: Envoy 1.40; envoy tls.proto',
  check: (system, report) => {
    for (const filter of system.all('EnvoyFilter').filter(({ group }) => group === 'networking.istio.io')) {
      for (const { path, value } of typed(rootOf(filter), 'DownstreamTlsContext')) {
        if (value.require_client_certificate === false) report.at(filter, [...path, 'require_client_certificate'], 'require_client_certificate is false');
      }
    }
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'DownstreamTlsContext')) {
        const text = JSON.stringify(value);
        // without a validation context no certificate is wanted, and what comes of a file is none of SPIRE's
        const spiffe = /spiffe:\/\/|"ROOTCA"|"ALL"/.test(text) || /validation_context/.test(text) && /sds_config/.test(text) && !/"path(_config_source)?":/.test(text);
        if (value.require_client_certificate !== true && spiffe) report.at(envoy, path, 'require_client_certificate is not true');
      }
    }
  },
};
