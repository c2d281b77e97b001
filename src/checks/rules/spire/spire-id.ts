import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireId = spireProblem('spiffe-id', 'refused', {
  id: 'SPIRE-ID',
  level: Level.ERROR,
  title: 'a SPIFFE ID is not valid',
  why: 'SPIRE stops at once',
  fix: 'write spiffe://<trust domain>/<path>',
  source: 'go-spiffe spiffeid/id.go',
});
