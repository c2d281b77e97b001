import { NodeAttestor } from '../../../../src';
import { agentPod, configured, OWN_CLUSTER } from '../plugins/pods';

test('the port of the agent is one of its node', () => {
  const { pod } = configured(NodeAttestor.httpChallenge({ allowedDnsPatterns: ['x'], port: 80 })._sides().agent(OWN_CLUSTER), agentPod());
  expect(pod.ports).toEqual([{ name: 'attestation', containerPort: 80, hostPort: 80, protocol: 'TCP' }]);
});

test.each([
  ['trust without root', { allowedDnsPatterns: ['x'], tofu: false }, 'tofu false is not possible when any user of a host can answer'],
  ['a port that the server does not call', { allowedDnsPatterns: ['x'], requiredPort: 80, port: 8080 }, 'port 8080 is not the requiredPort 80'],
  ['a port that is none', { allowedDnsPatterns: ['x'], port: 0 }, 'port 0 is not possible: give a whole number from 1 to 65535'],
])('fails for %s', (_, props, message) => {
  expect(() => NodeAttestor.httpChallenge(props)).toThrow(message);
});
