import { Json, asText } from '../../../model/manifest';
import { ruleTlsOf } from '../../../model/mesh/rule-tls';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRuleTls: Rule = {
  id: 'MESH-RULE-TLS',
  level: Level.ERROR,
  title: 'a DestinationRule with MUTUAL names no certificate, or names it twice',
  why: 'istiod refuses the DestinationRule: with MUTUAL the caller shows a certificate, out of files or out of one Secret',
  fix: 'name clientCertificate and privateKey, or credentialName; or use ISTIO_MUTUAL, which takes the certificate of the proxy itself',
  source: 'istio pkg/config/validation/agent/validation.go, ValidateTLS',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule')) {
      for (const [path, tls] of ruleTlsOf(rule.spec)) {
        const wrong = faultOf(tls);
        if (wrong !== undefined) report.at(rule, path, wrong);
      }
    }
  },
};

const FILES = ['clientCertificate', 'privateKey', 'caCertificates'];

function faultOf(tls: Json): string | undefined {
  const mode = asText(tls.mode);
  const files = FILES.filter(name => asText(tls[name]) !== '');
  const secret = asText(tls.credentialName);
  if (mode !== 'MUTUAL') return undefined;
  if (secret !== '') return files.length > 0 ? `credentialName beside ${files.join(', ')}: one of them is wanted` : undefined;
  const missing = ['clientCertificate', 'privateKey'].filter(name => !files.includes(name));
  return missing.length > 0 ? `mode MUTUAL without ${missing.join(' and ')} and without credentialName: there is no certificate to show` : undefined;
}
