import { isFilledIn } from '../../../model/filled-in';
import { Json, asList, asText } from '../../../model/manifest';
import { ruleTlsOf } from '../../../model/mesh/rule-tls';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRuleTls: Rule = {
  id: 'MESH-RULE-TLS',
  level: Level.ERROR,
  title: 'a DestinationRule names no certificate, names it twice, or says what to verify and not to verify it',
  why: 'istiod refuses the DestinationRule: certificates are out of files or out of one Secret, and MUTUAL shows one',
  fix: 'name clientCertificate and privateKey, or credentialName; or use ISTIO_MUTUAL, which takes the certificate of the proxy itself',
  source: 'istio pkg/config/validation/agent/validation.go, ValidateTLS',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const [path, tls] of ruleTlsOf(rule.spec)) {
        const wrong = unverified(tls) ?? faultOf(tls) ?? elsewhere(asText(tls.credentialName), rule.namespace);
        if (wrong !== undefined) report.at(rule, path, wrong);
      }
    }
  },
};

const FILES = ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'];

function faultOf(tls: Json): string | undefined {
  const mode = asText(tls.mode);
  const files = FILES.filter(name => asText(tls[name]) !== '');
  const secret = asText(tls.credentialName);
  if (mode !== 'MUTUAL' && mode !== 'SIMPLE') return undefined;
  if (secret !== '') return files.length > 0 ? `credentialName beside ${files.join(', ')}: one of them is wanted` : undefined;
  const missing = mode === 'MUTUAL' ? ['clientCertificate', 'privateKey'].filter(name => !files.includes(name)) : [];
  return missing.length > 0 ? `mode MUTUAL without ${missing.join(' and ')} and without credentialName: there is no certificate to show` : undefined;
}

/** What says whom to trust where nobody is verified; the Secret of MUTUAL may hold a client certificate only. */
function unverified(tls: Json): string | undefined {
  const mode = asText(tls.mode);
  if (tls.insecureSkipVerify !== true || mode !== 'MUTUAL' && mode !== 'SIMPLE') return undefined;
  const texts = ['caCertificates', ...mode === 'SIMPLE' ? ['credentialName'] : []].filter(name => asText(tls[name]) !== '');
  const told = [...texts, ...asList(tls.subjectAltNames).length > 0 ? ['subjectAltNames'] : []];
  return told.length > 0 ? `insecureSkipVerify beside ${told.join(', ')}: a server is verified, or it is not` : undefined;
}

/** A ConfigMap with the certificates of CAs is one of the own namespace, and named in full. */
function elsewhere(credential: string, own: string): string | undefined {
  const [, namespace = '', name = ''] = /^configmap:\/\/([^/]*)\/?([^/]*)/.exec(credential) ?? [];
  if (!credential.startsWith('configmap://') || isFilledIn(credential)) return undefined;
  if (namespace === '' || name === '') return `credentialName ${credential} is not of the form configmap://namespace/name`;
  return own === '' || own === namespace ? undefined : `credentialName ${credential} is of another namespace than the DestinationRule, which is in ${own}`;
}
