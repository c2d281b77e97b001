import { isFilledIn } from '../../../model/filled-in';
import { releasesOf } from '../../../model/helm-releases';
import { Json, asObject, asText } from '../../../model/manifest';
import { agentsOfServers } from '../../../model/spire/agents';
import { spireChart } from '../../../model/spire/charts';
import { clusterSpiffeIds, federatedTrustDomains, staticEntries } from '../../../model/spire/entries';
import { System } from '../../../model/system';
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
    const managers = managersIn(system);
    if (managers.length === 0) return;
    // A server of another cluster that attests agents here has a manager there, which looks after objects here.
    if (system.agents.length > agentsOfServers(system).length) return;
    for (const object of [...clusterSpiffeIds(system), ...federatedTrustDomains(system), ...staticEntries(system)]) {
      const name = asText(object.spec.className);
      if (isFilledIn(name)) continue;
      const taken = managers.some(value => (value.className === UNSEEN && name !== '') || asText(value.className) === name || (name === '' && value.watchClassless === true));
      const classes = managers.map(value => asText(value.className) || 'none').join(', ');
      if (!taken) report.at(object, ['spec', 'className'], `className is "${name}", the controller managers have: ${classes}`);
    }
  },
};

/** What stands in messages for a class that only the release tells. */
const UNSEEN = '<namespace>-<release>';

/** The managers of the input; those that the chart makes have the class of their release. None where one is not to be told. */
function managersIn(system: System): Json[] {
  const chart = spireChart(system);
  if (chart) return chart.manager ? [{ ...chart.manager, className: chart.manager.className ?? UNSEEN }] : [];
  const releases = releasesOf(system);
  const areTold = releases.every(({ values, name, namespace }) => values !== undefined && name !== '' && namespace !== '');
  if (!areTold || system.spireValues.length !== releases.length) return [];
  const made = releases.map(({ values, name, namespace }) => {
    const { controllerManager, crNameOverride } = asObject(asObject(values)['spire-server']);
    const { className, watchClassless } = asObject(controllerManager);
    return { className: asText(className) || `${namespace}-${asText(crNameOverride) || name}`, watchClassless };
  });
  return [...system.managers.map(({ value }) => value), ...made, ...ofOpenShift(system)];
}

/** The manager that OpenShift's operator makes beside its server. */
function ofOpenShift(system: System): Json[] {
  const isMade = system.all('SpireServer').some(({ group }) => group === 'operator.openshift.io');
  return isMade ? [{ className: 'zero-trust-workload-identity-manager-spire' }] : [];
}
