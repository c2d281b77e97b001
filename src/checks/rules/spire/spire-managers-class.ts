import { Manifest, asText } from '../../../model/manifest';
import { areTogether, isStatic } from '../../../model/spire/managers';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireManagersClass: Rule = {
  id: 'SPIRE-MANAGERS-CLASS',
  level: Level.WARNING,
  title: 'the controller managers of two trust domains take the same objects',
  why: 'each ClusterSPIFFEID makes entries in both servers, a relation with one of the two is one with the own trust domain for the other, and both write one status',
  fix: 'give each controller manager its own className, and each object that of the manager it is for',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    const seen = new Map<string, Manifest>();
    for (const manager of system.managers.filter(one => !isStatic(one))) {
      const trustDomain = trustDomainName(asText(manager.value.trustDomain));
      const name = asText(manager.value.className);
      if (trustDomain === '' || /\$/.test(trustDomain + name)) continue;
      for (const taken of manager.value.watchClassless === true && name !== '' ? [name, ''] : [name]) {
        const first = seen.get(taken) ?? manager;
        seen.set(taken, first);
        const other = trustDomainName(asText(first.value.trustDomain));
        if (other === trustDomain || !areTogether(first, manager)) continue;
        report.at(manager, taken === name && name !== '' ? ['className'] : [], `that of trust domain "${other}" takes objects ${taken === '' ? 'without className' : `of class "${taken}"`} too`);
        break;
      }
    }
  },
};
