import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const helmRenamed: Rule = {
  id: 'HELM-RENAMED',
  level: Level.ERROR,
  title: 'a Helm value of SPIRE\'s chart has an old name',
  why: 'the chart refuses to render',
  fix: 'use the new name',
  source: 'observed: helm with chart spire 0.30.0',
  check: (system, report) => {
    for (const values of system.spireValues) {
      for (const [old, name] of Object.entries(RENAMED)) {
        const path = old.split('.');
        const parent = asObject(path.slice(0, -1).reduce((value, step) => asObject(value)[step], values.value));
        if (parent[path[path.length - 1]] !== undefined) report.at(values, path, `${old} was renamed`, `write ${name}`);
      }
    }
  },
};

/** Old names and the new ones. */
export const RENAMED: Record<string, string> = {
  'spire-server.notifier.k8sbundle': 'notifier.k8sBundle, or leave the default bundlePublisher.k8sConfigMap',
  'spire-server.ca_subject': 'caSubject, with organization and commonName',
  'spire-server.nodeAttestor.k8sPsat': 'nodeAttestor.k8sPSAT',
  'spire-agent.nodeAttestor.k8sPsat': 'nodeAttestor.k8sPSAT',
};
