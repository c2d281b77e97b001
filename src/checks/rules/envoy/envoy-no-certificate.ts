import { rootOf, typed, validationOf } from '../../../model/envoy';
import { asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyNoCertificate: Rule = {
  id: 'ENVOY-NO-CERTIFICATE',
  level: Level.WARNING,
  title: 'Envoy calls a workload of SPIFFE without a certificate of its own',
  why: 'it verifies the SPIFFE ID of the server and shows none: with SPIRE\'s validator a server refuses clients without a certificate',
  fix: 'add tls_certificate_sds_secret_configs with the SPIFFE ID of the client, or default',
  source: 'observed: Envoy 1.40 with SPIRE 1.15.3',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'UpstreamTlsContext')) {
        const common = asObject(value.common_tls_context);
        const isShown = CERTIFICATES.some(name => asList(common[name]).length > 0 || asText(asObject(common[name]).instance_name) !== '');
        const matchers = asObjects(validationOf(common)?.matchers).map(({ matcher }) => asObject(matcher));
        const peers = matchers.map(({ exact, prefix }) => asText(exact) || asText(prefix));
        // the bundle endpoint of a server asks nobody for one
        if (isShown || !peers.some(peer => peer.startsWith('spiffe://')) || peers.some(peer => peer.endsWith('/spire/server'))) continue;
        report.at(envoy, [...path, 'common_tls_context'], `${peers[0]} is called without a certificate`);
      }
    }
  },
};

const CERTIFICATES = ['tls_certificates', 'tls_certificate_sds_secret_configs', 'tls_certificate_provider_instance'];
