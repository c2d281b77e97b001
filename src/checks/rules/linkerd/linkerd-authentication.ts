import { isFilledIn } from '../../../model/filled-in';
import { asList, asTexts } from '../../../model/manifest';
import { spiffeIdError } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const linkerdAuthentication: Rule = {
  id: 'LINKERD-AUTHENTICATION',
  level: Level.ERROR,
  title: 'a MeshTLSAuthentication names identities in two ways, in none, or one that nobody has',
  why: 'identities and identityRefs exclude each other: the API server refuses the object; an identity that is written wrongly lets nobody in',
  fix: 'give either identities or identityRefs',
  source: 'linkerd policy.linkerd.io MeshTLSAuthentication',
  check: (system, report) => {
    for (const object of system.all('MeshTLSAuthentication').filter(({ group }) => group === 'policy.linkerd.io')) {
      const given = ['identities', 'identityRefs'].filter(name => asList(object.spec[name]).length > 0);
      asTexts(object.spec.identities).forEach((identity, i) => {
        const reason = identity.startsWith('spiffe://') && !isFilledIn(identity) ? spiffeIdError(identity) : undefined;
        if (reason !== undefined) report.at(object, ['spec', 'identities', i], `"${identity}" is no SPIFFE ID: ${reason}`, 'write spiffe://<trust domain>/<path>');
        if (/^[^.*/:]+\.[^.]+\.serviceaccount\.(?!identity\.)/.test(identity)) report.at(object, ['spec', 'identities', i], `"${identity}" is nobody: identities have .serviceaccount.identity. in them`, 'write <account>.<namespace>.serviceaccount.identity.linkerd.<trust domain>, or identityRefs');
      });
      if (given.length !== 1) report.at(object, ['spec', ...given.slice(1)], given.length === 0 ? 'neither identities nor identityRefs are given' : 'identities and identityRefs are given');
    }
  },
};
