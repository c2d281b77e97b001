import { asText } from '../../../model/manifest';
import { agentsOfServers } from '../../../model/spire/agents';
import { clusterSpiffeIds, federatedTrustDomains, staticEntries } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireClassName: Rule = {
  id: 'SPIRE-CLASS-NAME',
  level: Level.ERROR,
  title: 'no controller manager takes an object, because of its className',
  why: 'the object is ignored: no entry, no status, no log line',
  fix: 'set className to that of the manager',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    // Values of the chart make a manager as well, and its class hangs on the release.
    if (system.managers.length === 0 || system.spireValues.length > 0) return;
    // A server of another cluster that attests agents here has a manager there, which looks after objects here.
    if (system.agents.length > agentsOfServers(system).length) return;
    for (const object of [...clusterSpiffeIds(system), ...federatedTrustDomains(system), ...staticEntries(system)]) {
      const name = asText(object.spec.className);
      const taken = system.managers.some(({ value }) => asText(value.className) === name || (name === '' && value.watchClassless === true));
      const classes = system.managers.map(({ value }) => asText(value.className) || 'none').join(', ');
      if (!taken) report.at(object, ['spec', 'className'], `className is "${name}", the controller managers have: ${classes}`);
    }
  },
};
