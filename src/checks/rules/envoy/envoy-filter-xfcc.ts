import { enumOf } from '../../../model/envoy-names';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyFilterXfcc: Rule = {
  id: 'ENVOY-FILTER-XFCC',
  level: Level.WARNING,
  title: 'a gateway passes on an identity that its clients can write',
  why: 'clients outside of the mesh send x-forwarded-client-cert themselves, and the services behind believe it',
  fix: 'use SANITIZE_SET, or gatewayTopology.forwardClientCertDetails where a proxy of your own stands in front',
  source: 'envoy http_connection_manager.proto',
  check: (system, report) => {
    for (const filter of system.all('EnvoyFilter')) {
      asObjects(filter.spec.configPatches).forEach((patch, i) => {
        const mode = enumOf(asObject(asObject(asObject(patch.patch).value).typed_config).forward_client_cert_details);
        const isGateway = asText(asObject(patch.match).context) === 'GATEWAY';
        if (isGateway && FORGEABLE.includes(mode)) report.at(filter, ['spec', 'configPatches', i, 'patch', 'value', 'typed_config'], `forward_client_cert_details is ${mode}`);
      });
    }
  },
};

const FORGEABLE = ['FORWARD_ONLY', 'APPEND_FORWARD', 'ALWAYS_FORWARD_ONLY'];
