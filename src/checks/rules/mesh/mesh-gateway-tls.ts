import { Json, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { seenObjects } from '../../refusals/traffic/values';
import { Rule } from '../../rule';

export const meshGatewayTls: Rule = {
  id: 'MESH-GATEWAY-TLS',
  level: Level.ERROR,
  title: 'a server of a Gateway has no certificate, or has it from several places',
  why: 'istiod refuses the Gateway',
  fix: 'set credentialName, and nothing else that names a certificate',
  source: 'istio pkg/config/validation/validation.go, validateTLSOptions',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
      asObjects(gateway.spec.servers).forEach((server, i) => {
        const fault = faultOf(asObject(server.tls));
        if (fault !== undefined) report.at(gateway, ['spec', 'servers', i, 'tls'], fault);
      });
    }
  },
};

const SOURCES = ['credentialName', 'credentialNames', 'tlsCertificates', 'serverCertificate'];

function faultOf(tls: Json): string | undefined {
  const mode = asText(tls.mode);
  const given = [...SOURCES, 'privateKey', 'caCertificates', 'caCrl'].filter(name => asText(tls[name]) !== '' || asList(tls[name]).length > 0);
  const has = (name: string): boolean => given.includes(name);
  if (mode === 'ISTIO_MUTUAL') {
    const named = given.filter(name => name !== 'caCrl');
    return named.length > 0 ? `mode ISTIO_MUTUAL beside ${named.join(', ')}: the certificate is that of the proxy` : undefined;
  }
  const sources = SOURCES.filter(name => has(name) && (name !== 'serverCertificate' || has('privateKey')));
  if (sources.length > 1) return `${sources.join(' beside ')}: one of them is wanted`;
  if (!['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(mode)) return has('caCrl') && has('credentialName') ? 'caCrl beside credentialName: the list belongs into the Secret' : undefined;
  if (has('credentialName') || has('credentialNames')) return undefined;
  if (!has('serverCertificate') && !has('tlsCertificates')) return `mode ${mode} without credentialName`;
  if (has('serverCertificate') && !has('privateKey') && !has('tlsCertificates')) return 'serverCertificate without privateKey';
  const lacking = seenObjects(tls.tlsCertificates).flatMap(certificate => ['serverCertificate', 'privateKey'].filter(name => asText(certificate[name]) === ''));
  if (lacking.length > 0) return `an entry of tlsCertificates has no ${lacking[0]}`;
  if (mode !== 'SIMPLE' && !has('caCertificates')) return `mode ${mode} without caCertificates: whose certificate a client has to show is not said`;
  return mode === 'SIMPLE' && has('caCrl') ? 'caCrl with mode SIMPLE, which asks for no certificate of a client' : undefined;
}
