import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayOldTls: Rule = {
  id: 'MESH-GATEWAY-OLD-TLS',
  level: Level.WARNING,
  title: 'a server of a Gateway takes TLS of a version that is given up',
  why: 'TLS 1.0 and 1.1 are broken and forbidden by RFC 8996; browsers refuse them as well',
  fix: 'write minProtocolVersion: TLSV1_2, or leave it out: that is the standard',
  source: 'istio networking/v1/gateway.proto, minProtocolVersion; RFC 8996',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
      asObjects(gateway.spec.servers).forEach((server, i) => {
        for (const name of ['minProtocolVersion', 'maxProtocolVersion']) {
          const version = asText(asObject(server.tls)[name]);
          if (/^TLSV1_[01]$/.test(version)) report.at(gateway, ['spec', 'servers', i, 'tls', name], `${name} is ${version}`);
        }
      });
    }
  },
};
