import { clustersOf, sdsClusters, speaksHttp2, under } from '../../../model/envoy';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyGrpcHttp2: Rule = {
  id: 'ENVOY-GRPC-HTTP2',
  level: Level.ERROR,
  title: 'a cluster that is called with gRPC does not speak HTTP/2',
  why: 'every call fails: an authorization filter answers 403 to all requests',
  fix: 'set typed_extension_protocol_options with explicit_http_config.http2_protocol_options: {}',
  source: 'envoy grpc_service.proto',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const sds = new Set(sdsClusters(envoy).map(({ name }) => name));
      const called = new Set(under(envoy, 'envoy_grpc').map(({ value }) => asText(asObject(value).cluster_name)));
      for (const { path, value } of clustersOf(envoy)) {
        const name = asText(value.name);
        if (called.has(name) && !sds.has(name) && !speaksHttp2(value)) report.at(envoy, path, `cluster ${name} has no http2_protocol_options`);
      }
    }
  },
};
