import { Manifest } from '../manifest';
import { System } from '../system';

/** What the operator writes as name of the socket into the configuration of its agents; nothing is linked to it. */
export const OPENSHIFT_SOCKET = 'spire-agent.sock';

/** The agents that OpenShift's operator makes. */
export function operatedAgents(system: System): Manifest[] {
  return system.all('SpireAgent').filter(({ group }) => group === 'operator.openshift.io');
}
