import { dirname } from 'node:path';
import { isFilledIn } from '../../../model/filled-in';
import { fileOf, kustomizationsOf } from '../../../model/kustomize';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsRoleBinding: Rule = {
  id: 'OPS-ROLE-BINDING',
  level: Level.ERROR,
  title: 'a binding has a subject or a role that cannot be bound',
  why: 'the API server refuses the binding',
  fix: 'give a ServiceAccount its namespace and no apiGroup, and bind a ClusterRole in a ClusterRoleBinding',
  source: 'Kubernetes pkg/apis/rbac/validation/validation.go',
  check: (system, report) => {
    // an overlay anywhere may give the namespace
    const folders = new Set(kustomizationsOf(system).map(kustomization => dirname(fileOf(kustomization))));
    for (const binding of [...system.all('RoleBinding'), ...system.all('ClusterRoleBinding')].filter(({ group }) => group === 'rbac.authorization.k8s.io')) {
      const isOfCluster = binding.kind === 'ClusterRoleBinding';
      const kinds = isOfCluster ? ['ClusterRole'] : ['Role', 'ClusterRole'];
      const kind = asText(asObject(binding.value.roleRef).kind);
      if (kind !== '' && !isFilledIn(kind) && !kinds.includes(kind)) report.at(binding, ['roleRef', 'kind'], `a ${binding.kind} binds a ${kinds.join(' or a ')}, not a ${kind}`);
      asObjects(binding.value.subjects).filter(subject => subject.kind === 'ServiceAccount').forEach((subject) => {
        const path = ['subjects', asObjects(binding.value.subjects).indexOf(subject)];
        if (isOfCluster && asText(subject.namespace) === '' && !folders.has(dirname(fileOf(binding)))) report.at(binding, path, `ServiceAccount ${asText(subject.name)} has no namespace`);
        if (asText(subject.apiGroup) !== '') report.at(binding, [...path, 'apiGroup'], `ServiceAccount ${asText(subject.name)} has apiGroup ${asText(subject.apiGroup)}, and is of none`);
      });
    }
  },
};
