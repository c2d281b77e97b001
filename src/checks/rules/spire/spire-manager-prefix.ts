import { asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagerPrefix: Rule = {
  id: 'SPIRE-MANAGER-PREFIX',
  level: Level.INFO,
  title: 'the controller manager has no entryIDPrefix',
  why: 'it deletes every entry it did not make: those of other managers and those made by hand',
  fix: 'set entryIDPrefix',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const manager of system.managers) {
      if (asText(manager.value.entryIDPrefix) === '') report.at(manager, ['entryIDPrefix'], 'entryIDPrefix is not set: entries that others made are deleted');
    }
  },
};
