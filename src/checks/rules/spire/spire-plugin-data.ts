import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spirePluginData = spireProblem('plugin-data', 'refused', {
  id: 'SPIRE-PLUGIN-DATA',
  level: Level.ERROR,
  title: 'a plugin refuses its configuration',
  why: 'SPIRE stops; its validate command sees only a part of it',
  fix: 'correct plugin_data',
  source: 'pkg/server/plugin, pkg/agent/plugin',
});
