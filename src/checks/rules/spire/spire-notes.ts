import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireNotes = spireProblem('notes', 'warning', {
  id: 'SPIRE-NOTES',
  level: Level.INFO,
  title: 'a plugin notes something',
  why: 'spire-server validate exits with 1 because of it, the server starts',
  fix: 'set what it asks for',
  source: 'pkg/common/pluginconf',
});
