import { listenersOf, typed } from '../../../model/envoy';
import { enumOf } from '../../../model/envoy-names';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyXfcc: Rule = {
  id: 'ENVOY-XFCC',
  level: Level.WARNING,
  title: 'the caller\'s certificate is not passed on, or can be forged',
  why: 'by default Envoy removes x-forwarded-client-cert; the forward modes pass on what the client made up',
  fix: 'set forward_client_cert_details: SANITIZE_SET and set_current_client_cert_details: {uri: true}',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const listener of listenersOf(envoy)) {
        if (typed(listener, 'DownstreamTlsContext').length === 0) continue;
        for (const { path, value } of typed(listener, 'HttpConnectionManager')) {
          const mode = enumOf(value.forward_client_cert_details) || 'SANITIZE';
          const authorizes = typed({ envoy, path, value }, 'ext_authz.v3.ExtAuthz').length > 0;
          const reads = system.regos.some(rego => /x-forwarded-client-cert/.test(rego.text));
          if (/^(FORWARD_ONLY|APPEND_FORWARD|ALWAYS_FORWARD_ONLY)$/.test(mode)) {report.at(envoy, [...path, 'forward_client_cert_details'], `${mode} passes on a header that the client can forge`);} else if (mode === 'SANITIZE' && value.set_current_client_cert_details !== undefined) {
            report.at(envoy, [...path, 'set_current_client_cert_details'], 'set_current_client_cert_details has no effect while forward_client_cert_details is SANITIZE, the default');
          } else if (mode === 'SANITIZE' && authorizes && reads) {report.at(envoy, path, 'there is an authorization filter, and the header x-forwarded-client-cert is removed before it');}
        }
      }
    }
  },
};
