import { Json, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRuleTls: Rule = {
  id: 'MESH-RULE-TLS',
  level: Level.ERROR,
  title: 'the TLS settings of a DestinationRule contradict each other',
  why: 'istiod refuses the DestinationRule: the mode decides whether certificates are named, and where they come from',
  fix: 'use ISTIO_MUTUAL, which takes the certificate of the proxy itself, and name certificates with MUTUAL only',
  source: 'istio pkg/config/validation/validation.go',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule')) {
      for (const [path, tls] of settingsOf(rule.spec)) {
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
  if (mode === 'ISTIO_MUTUAL') {
    const named = secret === '' ? files : [...files, 'credentialName'];
    return named.length > 0 ? `mode ISTIO_MUTUAL beside ${named.join(', ')}: the certificate is that of the proxy` : undefined;
  }
  if (mode !== 'MUTUAL') return undefined;
  if (secret !== '') return files.length > 0 ? `credentialName beside ${files.join(', ')}: one of them is wanted` : undefined;
  const missing = ['clientCertificate', 'privateKey'].filter(name => !files.includes(name));
  return missing.length > 0 ? `mode MUTUAL without ${missing.join(' and ')} and without credentialName: there is no certificate to show` : undefined;
}

/** The TLS settings of the rule, of its ports and of its subsets. */
function settingsOf(spec: Json): [Path, Json][] {
  const policies: [Path, Json][] = [[['spec', 'trafficPolicy'], asObject(spec.trafficPolicy)],
    ...asObjects(spec.subsets).map((subset, i): [Path, Json] => [['spec', 'subsets', i, 'trafficPolicy'], asObject(subset.trafficPolicy)])];
  return policies.flatMap(([path, policy]): [Path, Json][] => [[[...path, 'tls'], asObject(policy.tls)],
    ...asObjects(policy.portLevelSettings).map((port, i): [Path, Json] => [[...path, 'portLevelSettings', i, 'tls'], asObject(port.tls)])]);
}
