import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireTtl = spireProblem('ttl', 'warning', {
  id: 'SPIRE-TTL',
  level: Level.WARNING,
  title: 'a lifetime exceeds one sixth of the CA\'s',
  why: 'SVIDs are cut short at the end of every CA, which comes as an outage',
  fix: 'keep lifetimes at or below min(ca_ttl / 6, 7 days)',
  source: 'pkg/server/ca/manager MaxSVIDTTLForCATTL',
});
