import { isFilledIn } from '../../../model/filled-in';
import { asObjects, asText } from '../../../model/manifest';
import { spiffeIdError } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsSpiffeSubject: Rule = {
  id: 'OPS-SPIFFE-SUBJECT',
  level: Level.ERROR,
  title: 'a binding gives rights to a SPIFFE ID that is no user',
  why: 'a JWT-SVID makes a user whose name is its sub: a ServiceAccount or Group of that name does not exist, and without spiffe:// it is another name',
  fix: 'write kind: User, apiGroup: rbac.authorization.k8s.io and the whole SPIFFE ID as name',
  source: 'Kubernetes: RBAC subjects, authentication by JWT',
  check: (system, report) => {
    for (const binding of [...system.all('RoleBinding'), ...system.all('ClusterRoleBinding')].filter(({ group }) => group === 'rbac.authorization.k8s.io')) {
      asObjects(binding.value.subjects).forEach((subject, i) => {
        const [kind, name] = [asText(subject.kind), asText(subject.name)];
        const path = ['subjects', i, 'name'];
        if (kind !== 'User' && name.includes('spiffe://')) report.at(binding, path, `${kind} "${name}" is a SPIFFE ID`);
        const reason = kind === 'User' && name.startsWith('spiffe://') && !isFilledIn(name) ? spiffeIdError(name) : undefined;
        if (reason !== undefined) report.at(binding, path, `user "${name}" is no SPIFFE ID: ${reason}`);
        if (kind === 'User' && /^[a-z0-9._-]+\.[a-z0-9._-]+\/ns\/[^/]+\/sa\//.test(name)) report.at(binding, path, `user "${name}" has no spiffe:// in front`);
      });
    }
  },
};
