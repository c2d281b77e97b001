import { asList } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const linkerdAuthentication: Rule = {
  id: 'LINKERD-AUTHENTICATION',
  level: Level.ERROR,
  title: 'a MeshTLSAuthentication names identities in two ways, or in none',
  why: 'identities and identityRefs exclude each other: the API server refuses the object',
  fix: 'give either identities or identityRefs',
  source: 'linkerd policy.linkerd.io MeshTLSAuthentication',
  check: (system, report) => {
    for (const object of system.all('MeshTLSAuthentication').filter(({ group }) => group === 'policy.linkerd.io')) {
      const given = ['identities', 'identityRefs'].filter(name => asList(object.spec[name]).length > 0);
      if (given.length !== 1) report.at(object, ['spec', ...given.slice(1)], given.length === 0 ? 'neither identities nor identityRefs are given' : 'identities and identityRefs are given');
    }
  },
};
