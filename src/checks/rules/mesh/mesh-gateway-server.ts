import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { HTTP_PROTOCOLS, PLAIN_PROTOCOLS } from '../../refusals/traffic/protocols';
import { Rule } from '../../rule';

export const meshGatewayServer: Rule = {
  id: 'MESH-GATEWAY-SERVER',
  level: Level.ERROR,
  title: 'the protocol of a Gateway\'s server and its TLS settings contradict each other, or two servers have one name',
  why: 'istiod refuses the Gateway',
  fix: 'give HTTPS and TLS a tls block, leave it out for others (with HTTP httpsRedirect may be there), and name each port once',
  source: 'istio pkg/config/validation/validation.go, validateServer',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
      const names = new Set<string>();
      asObjects(gateway.spec.servers).forEach((server, i) => {
        const port = asObject(server.port);
        const protocol = asText(port.protocol).toUpperCase();
        const name = asText(port.name);
        const tls = server.tls === undefined || server.tls === null ? undefined : asObject(server.tls);
        if (['HTTPS', 'TLS'].includes(protocol) && !tls) report.at(gateway, ['spec', 'servers', i], `protocol ${protocol} without tls`);
        const settings = tls ? refusedSettings(protocol, tls) : undefined;
        if (settings !== undefined) report.at(gateway, ['spec', 'servers', i, 'tls'], `protocol ${protocol} with tls${settings}: only HTTPS and TLS may have it`);
        if (name !== '' && names.has(name)) report.at(gateway, ['spec', 'servers', i, 'port', 'name'], `port name "${name}" is there already`);
        names.add(name);
      });
    }
  },
};

const FILES = ['serverCertificate', 'privateKey', 'caCertificates'];

/** What istiod does not take in the tls of a server without TLS; that of HTTP may pass through, which is the default. */
function refusedSettings(protocol: string, tls: Json): string | undefined {
  if (PLAIN_PROTOCOLS.includes(protocol)) return named(Object.keys(tls));
  if (!HTTP_PROTOCOLS.includes(protocol)) return undefined;
  const isPassedThrough = ['', 'PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(asText(tls.mode));
  const refused = [...isPassedThrough ? [] : ['mode'], ...FILES.filter(name => asText(tls[name]) !== '')];
  return refused.length > 0 ? named(refused) : undefined;
}

function named(settings: readonly string[]): string {
  return settings.map((name, i) => `${i === 0 ? ' ' : ', '}${name}`).join('');
}
