import { listenersOf, typed } from '../../../model/envoy';
import { enumOf } from '../../../model/envoy-names';
import { Json, Path } from '../../../model/manifest';
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
    const reads = system.regos.some(rego => /x-forwarded-client-cert/.test(rego.text));
    for (const envoy of system.envoys) {
      for (const listener of listenersOf(envoy)) {
        if (typed(listener, 'DownstreamTlsContext').length === 0) continue;
        for (const { path, value } of typed(listener, 'HttpConnectionManager')) {
          const authorizes = typed({ envoy, path, value }, 'ext_authz.v3.ExtAuthz').length > 0 && reads;
          const fault = faultOf(value, authorizes);
          if (fault) report.at(envoy, [...path, ...fault.path], fault.message);
        }
      }
    }
  },
};

function faultOf(manager: Json, authorizes: boolean): { readonly path: Path; readonly message: string } | undefined {
  const mode = enumOf(manager.forward_client_cert_details) || 'SANITIZE';
  if (/^(FORWARD_ONLY|APPEND_FORWARD|ALWAYS_FORWARD_ONLY)$/.test(mode)) {
    return { path: ['forward_client_cert_details'], message: `${mode} passes on a header that the client can forge` };
  }
  if (mode !== 'SANITIZE') return undefined;
  if (manager.set_current_client_cert_details !== undefined) {
    const name = 'set_current_client_cert_details';
    return { path: [name], message: `${name} has no effect while forward_client_cert_details is SANITIZE, the default` };
  }
  return authorizes ? { path: [], message: 'there is an authorization filter, and the header x-forwarded-client-cert is removed before it' } : undefined;
}
