import { pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireK8sbundle: Rule = {
  id: 'SPIRE-K8SBUNDLE',
  level: Level.WARNING,
  title: 'the bundle is published by the k8sbundle notifier',
  why: 'SPIRE 1.16 deprecates notifiers',
  fix: 'use BundlePublisher "k8s_configmap"',
  source: 'spiffe/spire commit c0bb9918a',
  check: (system, report) => {
    for (const server of system.servers) {
      for (const plugin of pluginsOf(server, 'Notifier', 'k8sbundle')) report.in(server.text, plugin.position.line, 'Notifier "k8sbundle" is deprecated after SPIRE 1.15');
    }
  },
};
