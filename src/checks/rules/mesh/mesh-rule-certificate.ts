import { asText } from '../../../model/manifest';
import { ruleTlsOf } from '../../../model/mesh/rule-tls';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRuleCertificate: Rule = {
  id: 'MESH-RULE-CERTIFICATE',
  level: Level.WARNING,
  title: 'a DestinationRule names a certificate that is not used',
  why: 'with ISTIO_MUTUAL the proxy shows its own certificate, and takes no other: what is named has no effect',
  fix: 'leave the certificate out, or use mode MUTUAL',
  source: 'istio pilot/pkg/networking/core/cluster_tls.go, buildIstioMutualTLS',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const [path, tls] of ruleTlsOf(rule.spec)) {
        const named = NAMES.filter(name => asText(tls[name]) !== '');
        if (asText(tls.mode) === 'ISTIO_MUTUAL' && named.length > 0) report.at(rule, path, `mode ISTIO_MUTUAL beside ${named.join(', ')}: the certificate is that of the proxy`);
      }
    }
  },
};

const NAMES = ['clientCertificate', 'privateKey', 'caCertificates', 'credentialName'];
