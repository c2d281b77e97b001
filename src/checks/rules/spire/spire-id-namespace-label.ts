import { asObject, asObjects, asRecord } from '../../../model/manifest';
import { clusterSpiffeIds } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdNamespaceLabel: Rule = {
  id: 'SPIRE-ID-NAMESPACE-LABEL',
  level: Level.WARNING,
  title: 'a namespace selector looks at the label "name"',
  why: 'namespaces carry kubernetes.io/metadata.name; NotIn on a missing label selects every namespace, kube-system too',
  fix: 'use kubernetes.io/metadata.name',
  source: 'Kubernetes well-known labels',
  check: (system, report) => {
    const carried = system.all('Namespace').some(namespace => namespace.labels.name !== undefined);
    if (carried) return;
    for (const id of clusterSpiffeIds(system)) {
      const selector = asObject(id.spec.namespaceSelector);
      asObjects(selector.matchExpressions).forEach((expression, i) => {
        if (expression.key === 'name') report.at(id, ['spec', 'namespaceSelector', 'matchExpressions', i, 'key'], `no namespace has the label "name", so ${expression.operator} ${expression.operator === 'NotIn' ? 'takes all' : 'takes none'}`);
      });
      if (asRecord(selector.matchLabels).name !== undefined) report.at(id, ['spec', 'namespaceSelector', 'matchLabels', 'name'], 'no namespace has the label "name", so nothing is selected');
    }
  },
};
