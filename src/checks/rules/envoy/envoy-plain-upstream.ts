import { clustersOf } from '../../../model/envoy';
import { asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyPlainUpstream: Rule = {
  id: 'ENVOY-PLAIN-UPSTREAM',
  level: Level.INFO,
  title: 'a cluster on the network has no TLS',
  why: 'the connection has no identity and can be read',
  fix: 'add an UpstreamTlsContext with SPIRE\'s secrets',
  source: 'envoy transport sockets',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of clustersOf(envoy)) {
        const text = JSON.stringify(value.load_assignment ?? {});
        const local = /"pipe"|127\.0\.0\.1|localhost|::1/.test(text);
        if (!value.transport_socket && !local && !/opa|ext_authz|xds|otel|collector/.test(asText(value.name))) report.at(envoy, path, `cluster ${asText(value.name)} has no transport_socket`);
      }
    }
  },
};
