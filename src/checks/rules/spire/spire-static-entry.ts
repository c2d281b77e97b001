import { asText, asTexts } from '../../../model/manifest';
import { staticEntries, trustDomains } from '../../../model/spire/entries';
import { spiffeIdError, trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireStaticEntry: Rule = {
  id: 'SPIRE-STATIC-ENTRY',
  level: Level.ERROR,
  title: 'a ClusterStaticEntry gives no entry',
  why: 'there is no webhook for it: the entry is refused, and only a log line tells',
  fix: 'correct the field',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    const own = trustDomains(system);
    // variables are for the manager, which may expand them in static manifests
    for (const entry of staticEntries(system).filter(({ spec }) => !JSON.stringify(spec).includes('${'))) {
      for (const name of ['spiffeID', 'parentID']) {
        const id = asText(entry.spec[name]);
        const reason = id === '' ? 'it is required' : spiffeIdError(id);
        if (reason) report.at(entry, ['spec', name], `${name} "${id}": ${reason}`);
        else if (own.length === 0 && name === 'parentID' && isOther(id, asText(entry.spec.spiffeID))) report.at(entry, ['spec', name], `parentID "${id}" is not in the trust domain of spiffeID`);
        else if (own.length > 0 && !own.includes(trustDomainName(id))) report.at(entry, ['spec', name], `${name} "${id}" is not in the trust domain "${own[0]}"`);
      }
      const [id, parent] = [asText(entry.spec.spiffeID), asText(entry.spec.parentID)];
      if (id !== '' && id === parent) report.at(entry, ['spec', 'parentID'], 'parentID is the spiffeID itself: no agent has it before it gets the entry');
      const path = asText(entry.spec.spiffeID).replace(/^spiffe:\/\/[^/]*/, '');
      if (/^\/spire(\/|$)/.test(path)) report.at(entry, ['spec', 'spiffeID'], 'the path /spire is reserved');
      const selectors = asTexts(entry.spec.selectors);
      if (selectors.length === 0) report.at(entry, ['spec', 'selectors'], 'there are no selectors');
      selectors.forEach((selector, i) => /^[^:]+:.+/.test(selector) || report.at(entry, ['spec', 'selectors', i], `selector "${selector}" has no type and value divided by a colon`));
    }
  },
};

function isOther(parent: string, id: string): boolean {
  return id !== '' && spiffeIdError(id) === undefined && trustDomainName(id) !== trustDomainName(parent);
}
