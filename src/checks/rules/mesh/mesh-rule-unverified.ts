import { asText } from '../../../model/manifest';
import { ruleTlsOf } from '../../../model/mesh/rule-tls';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRuleUnverified: Rule = {
  id: 'MESH-RULE-UNVERIFIED',
  level: Level.WARNING,
  title: 'a DestinationRule does not verify the server it calls',
  why: 'who sits between reads and changes everything: any certificate is taken',
  fix: 'remove insecureSkipVerify, and name the CA in caCertificates or credentialName',
  source: 'istio networking/v1/destination_rule.proto, insecureSkipVerify',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const [path, tls] of ruleTlsOf(rule.spec)) {
        const isUsed = ['SIMPLE', 'MUTUAL'].includes(asText(tls.mode));
        if (isUsed && tls.insecureSkipVerify === true) report.at(rule, [...path, 'insecureSkipVerify'], `insecureSkipVerify with mode ${asText(tls.mode)}`);
      }
    }
  },
};
