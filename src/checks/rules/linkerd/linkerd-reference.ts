import { othersThan } from '../../../model/kubernetes/by-namespace';
import { Path, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const linkerdReference: Rule = {
  id: 'LINKERD-REFERENCE',
  level: Level.WARNING,
  title: 'a policy of Linkerd names something that is not there',
  why: 'an authentication that does not exist lets nobody in, and a policy for a Server that does not exist holds nowhere',
  fix: 'write the name of the object, which has to be in the namespace of the policy',
  source: 'linkerd policy.linkerd.io AuthorizationPolicy',
  check: (system, report) => {
    for (const policy of system.all('AuthorizationPolicy').filter(({ group }) => group === GROUP)) {
      const target: [Path, unknown] = [['spec', 'targetRef'], policy.spec.targetRef];
      const all = asObjects(policy.spec.requiredAuthenticationRefs).map((one, i): [Path, unknown] => [['spec', 'requiredAuthenticationRefs', i], one]);
      for (const [path, reference] of [target, ...all]) {
        const { group, kind, name, namespace = policy.namespace } = asObject(reference);
        if (path.includes('requiredAuthenticationRefs') && group === GROUP && !AUTHENTICATIONS.includes(asText(kind))) report.at(policy, [...path, 'kind'], `there is no kind ${asText(kind)}: ${AUTHENTICATIONS.join(', ')}`);
        const others = group === GROUP ? othersThan(system, GROUP, asText(kind), asText(namespace), asText(name)) : undefined;
        if (others) report.at(policy, path, `there is no ${asText(kind)} ${asText(namespace)}/${asText(name)}, there is ${others.join(', ')}`);
      }
    }
  },
};

const AUTHENTICATIONS = ['MeshTLSAuthentication', 'NetworkAuthentication'];
const GROUP = 'policy.linkerd.io';
