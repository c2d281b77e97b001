import { asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayTls: Rule = {
  id: 'MESH-GATEWAY-TLS',
  level: Level.ERROR,
  title: 'a server of a Gateway has no certificate',
  why: 'istiod refuses the Gateway',
  fix: 'set credentialName',
  source: 'istio pkg/config/validation/validation.go',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
      asObjects(gateway.spec.servers).forEach((server, i) => {
        const tls = asObject(server.tls);
        const mode = asText(tls.mode);
        if (!['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(mode)) return;
        const named = [tls.credentialName, tls.serverCertificate].some(value => asText(value) !== '')
          || [tls.credentialNames, tls.tlsCertificates].some(value => asList(value).length > 0);
        if (!named) report.at(gateway, ['spec', 'servers', i, 'tls'], `mode ${mode} without credentialName`);
        const inFiles = asText(tls.credentialName) === '' && asText(tls.serverCertificate) !== '';
        if (mode !== 'SIMPLE' && inFiles && asText(tls.caCertificates) === '') report.at(gateway, ['spec', 'servers', i, 'tls'], `mode ${mode} without caCertificates: whose certificate a client has to show is not said`);
      });
    }
  },
};
