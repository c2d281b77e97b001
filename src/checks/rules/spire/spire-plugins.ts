import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spirePlugins = spireProblem('plugin-set', 'refused', {
  id: 'SPIRE-PLUGINS',
  level: Level.ERROR,
  title: 'a plugin is unknown, missing or there too often',
  why: 'SPIRE stops; spire-agent validate does not see it',
  fix: 'correct the plugins block',
  source: 'pkg/common/catalog/catalog.go',
});
