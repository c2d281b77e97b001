import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireTrustDomain = spireProblem('trust-domain', 'refused', {
  id: 'SPIRE-TRUST-DOMAIN',
  level: Level.ERROR,
  title: 'a trust domain is not valid',
  why: 'SPIRE stops, or cannot make its CA',
  fix: 'use lower case letters, digits, dots, dashes and underscores',
  source: 'go-spiffe spiffeid/trustdomain.go',
});
