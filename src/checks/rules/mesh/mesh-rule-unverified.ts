import { asText } from '../../../model/manifest';
import { ruleTlsOf } from '../../../model/mesh/rule-tls';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRuleUnverified: Rule = {
  id: 'MESH-RULE-UNVERIFIED',
  level: Level.WARNING,
  title: 'a DestinationRule does not verify the server',
  why: 'insecureSkipVerify takes any certificate: whoever stands in the way can answer, and reads what is sent',
  fix: 'name the authority in caCertificates or credentialName, and the server in subjectAltNames',
  source: 'istio ClientTLSSettings.insecureSkipVerify',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const [path, tls] of ruleTlsOf(rule.spec)) {
        if (tls.insecureSkipVerify === true && ['SIMPLE', 'MUTUAL'].includes(asText(tls.mode))) report.at(rule, [...path, 'insecureSkipVerify'], 'insecureSkipVerify: true');
      }
    }
  },
};
