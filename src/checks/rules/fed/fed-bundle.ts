import { asText } from '../../../model/manifest';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedBundle: Rule = {
  id: 'FED-BUNDLE',
  level: Level.ERROR,
  title: 'the first bundle of a partner is no bundle',
  why: 'the webhook refuses the relation',
  fix: 'put the text of `spire-server bundle show -format spiffe` there',
  source: 'spire-controller-manager api/v1alpha1/clusterfederatedtrustdomain_webhook.go',
  check: (system, report) => {
    for (const relation of federatedTrustDomains(system)) {
      const text = asText(relation.spec.trustDomainBundle);
      if (text !== '' && !text.includes('$') && !isBundle(text)) report.at(relation, ['spec', 'trustDomainBundle'], text.includes('-----BEGIN') ? 'trustDomainBundle is PEM, not a SPIFFE bundle' : 'trustDomainBundle is no JSON with keys');
    }
  },
};

function isBundle(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text).keys);
  } catch {
    return false;
  }
}
