import { AgentKeyManager, NodeAttestor, PluginProgram, SecretRef, Spire, SpireProps } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const spire = (props: SpireProps) => synthPlatform((platform) => new Spire(platform, 'spire', props));
const parentIdTemplate = 'spiffe://{{ .TrustDomain }}/spire/agent/x/{{ .NodeMeta.Name }}';

test('one object makes both sides, and the controller manager knows the IDs', () => {
  const program = PluginProgram.of({ path: '/run/spire/plugins/tpm' });
  const output = spire({ parentIdTemplate, agent: { nodeAttestor: NodeAttestor.custom({ name: 'tpm', program }, { name: 'tpm', program, data: { a: 1 } }) } });
  expect(output.object('ConfigMap', 'spire-server').data['server.conf']).toContain('NodeAttestor "tpm" {\n    plugin_cmd');
  expect(output.object('ConfigMap', 'spire-server').data['server.conf']).not.toContain('k8s_psat');
  expect(output.object('ConfigMap', 'spire-agent').data['agent.conf']).toContain('NodeAttestor "tpm" {\n    plugin_cmd');
  expect(output.object('ConfigMap', 'spire-controller-manager').data['config.yaml']).toMatch(/^parentIDTemplate: .*agent\/x\/\{\{ .NodeMeta.Name \}\}/m);
});

test('an attestor that is given for both sides counts once', () => {
  const nodeAttestor = NodeAttestor.k8sPsat();
  const conf = spire({ server: { nodeAttestors: [nodeAttestor] }, agent: { nodeAttestor } }).object('ConfigMap', 'spire-server').data['server.conf'];
  expect(conf.match(/k8s_psat/g)).toHaveLength(1);
});

test.each([
  ['IDs that nobody expects', { agent: { nodeAttestor: NodeAttestor.joinToken() } },
    "agents attested by 'join_token' have IDs that the controller manager does not expect, so no workload would get an identity: give parentIdTemplate"],
  ['keys that are lost with a token', { parentIdTemplate, agent: { nodeAttestor: NodeAttestor.joinToken(), joinToken: SecretRef.of('t') } },
    "node attestor 'join_token' attests each node once, and keys in memory are lost with the agent: use AgentKeyManager.disk()"],
  ['no token', { parentIdTemplate, agent: { nodeAttestor: NodeAttestor.joinToken(), keyManager: AgentKeyManager.disk() } },
    'joinToken and NodeAttestor.joinToken() belong together: give both, or none'],
  ['a token for another attestor', { agent: { joinToken: SecretRef.of('t') } }, 'joinToken and NodeAttestor.joinToken() belong together'],
  ['two k8s_psat', { server: { nodeAttestors: [NodeAttestor.k8sPsat()] } }, 'NodeAttestor "k8s_psat" is given twice'],
])('fails for %s', (_, props: SpireProps, message) => {
  expect(() => spire(props)).toThrow(message);
});

test('fails for sides with different names', () => {
  expect(() => NodeAttestor.custom({ name: 'a' }, { name: 'b' })).toThrow("node attestor 'a' of the server and 'b' of the agent differ");
});
