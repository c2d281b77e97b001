import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireKeyDropped = spireProblem('dropped', 'warning', {
  id: 'SPIRE-KEY-DROPPED',
  level: Level.WARNING,
  title: 'a configuration has a key that SPIRE drops without a word',
  why: 'most plugins, and some blocks, take no notice of keys they do not know: the setting has no effect',
  fix: 'correct the key, or remove it',
  source: 'hashicorp/hcl v1 decoder.go; pkg/common/pluginconf; observed: runs of SPIRE 1.15.3',
});
