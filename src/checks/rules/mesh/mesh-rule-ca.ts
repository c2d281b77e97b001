import { isFilledIn } from '../../../model/filled-in';
import { asText } from '../../../model/manifest';
import { ruleTlsOf } from '../../../model/mesh/rule-tls';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRuleCa: Rule = {
  id: 'MESH-RULE-CA',
  level: Level.ERROR,
  title: 'a DestinationRule verifies the server with what is no file',
  why: 'caCertificates is a path in the proxy, or the word system: another word is a file that is not there, and no connection succeeds',
  fix: 'write system for the authorities of the image, the path of a file, or credentialName for a Secret',
  source: 'istio ClientTLSSettings.caCertificates',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      for (const [path, tls] of ruleTlsOf(rule.spec)) {
        const file = asText(tls.caCertificates);
        if (file !== '' && file !== 'system' && !file.includes('/') && !isFilledIn(file)) report.at(rule, [...path, 'caCertificates'], `caCertificates is "${file}"`);
      }
    }
  },
};
