import { clustersOf, sdsClusters, speaksHttp2 } from '../../../model/envoy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySdsHttp2: Rule = {
  id: 'ENVOY-SDS-HTTP2',
  level: Level.ERROR,
  title: 'the cluster of SPIRE\'s agent does not speak HTTP/2',
  why: 'SDS is gRPC: Envoy validates the file, gets no secret, and resets every connection',
  fix: 'set typed_extension_protocol_options with explicit_http_config.http2_protocol_options: {}',
  source: 'observed: Envoy 1.40 with SPIRE 1.15.3',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const names = new Set(sdsClusters(envoy).map(({ name }) => name));
      for (const { path, value } of clustersOf(envoy)) {
        const agent = names.has(value.name) || /spire/.test(String(value.name)) && /"pipe"/.test(JSON.stringify(value.load_assignment ?? {}));
        if (agent && !speaksHttp2(value)) report.at(envoy, path, `cluster ${value.name} has no http2_protocol_options`);
      }
    }
  },
};
