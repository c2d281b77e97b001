import { Manifest, asText } from '../../../model/manifest';
import { trustDomainError } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { operandProblems } from '../../openshift-operands';
import { Report } from '../../report';
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
    for (const manager of ofOperator(system, 'ZeroTrustWorkloadIdentityManager')) checkTrustDomain(manager, report);
    const [own] = ofOperator(system, 'ZeroTrustWorkloadIdentityManager').map(({ spec }) => asText(spec.trustDomain));
    for (const object of all) {
      for (const { path, message } of operandProblems(object, own ?? '')) report.at(object, path, message, 'write what the definition of the resource takes');
    }
    const [server] = ofOperator(system, 'SpireServer');
    for (const provider of server ? ofOperator(system, 'SpireOIDCDiscoveryProvider') : []) {
      const [given, other] = [provider, server].map(({ spec }) => asText(spec.jwtIssuer));
      if (given !== '' && other !== '' && given !== other) report.at(provider, ['spec', 'jwtIssuer'], `jwtIssuer is "${given}", the SpireServer has "${other}"`);
    }
    const [driver] = ofOperator(system, 'SpiffeCSIDriver');
    for (const { kind, field, ofDriver, usual } of driver ? OF_DRIVER : []) {
      for (const object of ofOperator(system, kind)) {
        const [given, other] = [asText(object.spec[field]) || usual, asText(driver.spec[ofDriver]) || usual];
        if (given !== other) report.at(object, ['spec', field], `${field} is ${given}, the SpiffeCSIDriver has ${ofDriver} ${other}`);
      }
    }
  },
};

function checkTrustDomain(manager: Manifest, report: Report): void {
  const name = asText(manager.spec.trustDomain);
  const fault = name.includes('_') ? 'has an underscore, which the operator does not take' : trustDomainError(name);
  if (name !== '' && fault !== undefined) report.at(manager, ['spec', 'trustDomain'], `trustDomain "${name}" is not valid: ${fault}`);
}

/** What others have to say as the driver does. */
const OF_DRIVER = [
  { kind: 'SpireAgent', field: 'socketPath', ofDriver: 'agentSocketPath', usual: '/run/spire/agent-sockets' },
  { kind: 'SpireOIDCDiscoveryProvider', field: 'csiDriverName', ofDriver: 'pluginName', usual: 'csi.spiffe.io' },
];

const KINDS = ['ZeroTrustWorkloadIdentityManager', 'SpireServer', 'SpireAgent', 'SpiffeCSIDriver', 'SpireOIDCDiscoveryProvider'];

function ofOperator(system: System, kind: string): Manifest[] {
  return system.all(kind).filter(({ group }) => group === 'operator.openshift.io');
}
