import { Level } from '../../finding';
import { Rule } from '../../rule';

export const linkerdServer: Rule = {
  id: 'LINKERD-SERVER',
  level: Level.ERROR,
  title: 'a Server of Linkerd is for pods and for machines, or for neither',
  why: 'podSelector and externalWorkloadSelector exclude each other: the API server refuses the object',
  fix: 'write two Servers, one with podSelector and one with externalWorkloadSelector',
  source: 'linkerd policy.linkerd.io Server, CustomResourceDefinition',
  check: (system, report) => {
    for (const server of system.all('Server').filter(({ group }) => group === 'policy.linkerd.io')) {
      const given = ['podSelector', 'externalWorkloadSelector'].filter(name => server.spec[name] !== undefined);
      if (given.length !== 1) report.at(server, ['spec', ...given.slice(1)], given.length === 0 ? 'there is neither podSelector nor externalWorkloadSelector' : `${given.join(' and ')} exclude each other`);
    }
  },
};
