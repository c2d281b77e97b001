import { isFilledIn } from '../../../model/filled-in';
import { Manifest, asObject, asText } from '../../../model/manifest';
import { readBundle } from '../../../model/spire/bundle-document';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedBundle: Rule = {
  id: 'FED-BUNDLE',
  level: Level.ERROR,
  title: 'the first bundle of a partner is no bundle, or not its own',
  why: 'the webhook refuses the relation, or no certificate of the partner is believed',
  fix: 'put the text of the partner\'s `spire-server bundle show -format spiffe` there',
  source: 'spire-controller-manager api/v1alpha1/clusterfederatedtrustdomain_webhook.go; go-spiffe bundle/spiffebundle',
  check: (system, report) => {
    for (const relation of federatedTrustDomains(system)) {
      for (const problem of problemsOf(relation)) report.at(relation, ['spec', 'trustDomainBundle'], `trustDomainBundle: ${problem}`);
    }
  },
};

function problemsOf({ spec }: Manifest): string[] {
  const text = asText(spec.trustDomainBundle);
  if (text === '' || isFilledIn(text)) return [];
  const { problems, keys, authorities, trustDomains } = readBundle(text, false);
  if (problems.length > 0) return [...problems];
  const trustDomain = asText(spec.trustDomain);
  const others = [...new Set(trustDomains)].filter(other => other !== trustDomain);
  if (trustDomain !== '' && others.length > 0) return [`its certificate is of trust domain ${others.join(', ')}, not of ${trustDomain}`];
  // a bundle of the Web's profile is replaced at the first fetch
  if (keys > 0 && authorities === 0 && asText(asObject(spec.bundleEndpointProfile).type) === 'https_spiffe') return ['none of its keys is for x509-svid, as in the keys of an OIDC provider'];
  return [];
}
