import { clusterSpiffeIds, guaranteedLabels, labelsRead, templatesOf } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdLabel: Rule = {
  id: 'SPIRE-ID-LABEL',
  level: Level.WARNING,
  title: 'a template reads a label that a pod need not have',
  why: 'a missing label renders as "<no value>": SPIRE signs it into a DNS name, an ID or selector with it never works',
  fix: 'require the label in podSelector, or drop it from the template',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      for (const field of templatesOf(id)) {
        for (const { key, indexed } of labelsRead(field)) {
          if (guaranteedLabels(id).has(key) || /\{\{-?\s*(if|with)\b/.test(field.text)) continue;
          report.at(id, field.path, `the label ${key} is not required by podSelector; without it the template gives ${indexed ? 'an empty text' : '"<no value>"'}`);
        }
      }
    }
  },
};
