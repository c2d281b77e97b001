import { asText } from '../../../model/manifest';
import { trustDomainError } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOpenshift: Rule = {
  id: 'SPIRE-OPENSHIFT',
  level: Level.ERROR,
  title: 'OpenShift\'s operator of SPIRE cannot make what its resources ask for',
  why: 'the API server takes one of each kind, called cluster; tokens of another issuer than that of the OIDC discovery provider are refused',
  fix: 'call it cluster, and state one trust domain and one jwtIssuer',
  source: 'openshift/zero-trust-workload-identity-manager: CRDs of operator.openshift.io/v1alpha1',
  check: (system, report) => {
    const all = KINDS.flatMap(kind => ofOperator(system, kind));
    for (const object of all.filter(({ name }) => name !== '' && name !== 'cluster')) report.at(object, ['metadata', 'name'], `${object.kind} is called ${object.name}, not cluster`);
    for (const manager of ofOperator(system, 'ZeroTrustWorkloadIdentityManager')) {
      const name = asText(manager.spec.trustDomain);
      const fault = name.includes('_') ? 'has an underscore, which the operator does not take' : trustDomainError(name);
      if (name !== '' && fault !== undefined) report.at(manager, ['spec', 'trustDomain'], `trustDomain "${name}" is not valid: ${fault}`);
    }
    const [server] = ofOperator(system, 'SpireServer');
    for (const provider of server ? ofOperator(system, 'SpireOIDCDiscoveryProvider') : []) {
      const [own, other] = [provider, server].map(({ spec }) => asText(spec.jwtIssuer));
      if (own !== '' && other !== '' && own !== other) report.at(provider, ['spec', 'jwtIssuer'], `jwtIssuer is "${own}", the SpireServer has "${other}"`);
    }
    const [driver] = ofOperator(system, 'SpiffeCSIDriver');
    for (const agent of driver ? ofOperator(system, 'SpireAgent') : []) {
      const [own, other] = [asText(agent.spec.socketPath) || SOCKETS, asText(driver.spec.agentSocketPath) || SOCKETS];
      if (own !== other) report.at(agent, ['spec', 'socketPath'], `socketPath is ${own}, the SpiffeCSIDriver has agentSocketPath ${other}`);
    }
  },
};

const KINDS = ['ZeroTrustWorkloadIdentityManager', 'SpireServer', 'SpireAgent', 'SpiffeCSIDriver', 'SpireOIDCDiscoveryProvider'];
const SOCKETS = '/run/spire/agent-sockets';

function ofOperator(system: System, kind: string): ReturnType<System['all']> {
  return system.all(kind).filter(({ group }) => group === 'operator.openshift.io');
}
