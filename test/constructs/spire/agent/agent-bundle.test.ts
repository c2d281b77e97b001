import { AgentBundle, BundleUrlFormat, RebootstrapMode, Spire, SpireAgentProps } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const output = (agent: SpireAgentProps) => synthPlatform((platform) => new Spire(platform, 'spire', { agent }));
const volumes = (agent: SpireAgentProps) => output(agent).object('DaemonSet', 'spire-agent').spec.template.spec.volumes.map((volume: any) => volume.name);

test('without the ConfigMap no pod waits for it', () => {
  expect(volumes({})).toContain('trust-bundle');
  expect(volumes({ bundle: AgentBundle.url('https://b.example.org', BundleUrlFormat.PEM) })).not.toContain('trust-bundle');
  expect(volumes({ bundle: AgentBundle.workloadApi('/run/up/api.sock') })).toContain('bundle-socket');
});

test.each([
  ['plain http', () => AgentBundle.url('http://b.example.org', BundleUrlFormat.PEM), "url 'http://b.example.org' is no https URL"],
  ['https on a socket', () => AgentBundle.unixSocket('https://x/', '/run/a', BundleUrlFormat.PEM), "url 'https://x/' cannot be asked on a socket"],
  ['parameters of SPIRE', () => AgentBundle.unixSocket('http://x/?spiffe-a=1', '/run/a', BundleUrlFormat.PEM), 'without parameters that begin with'],
  ['a relative socket', () => AgentBundle.workloadApi('api.sock'), "socketPath 'api.sock' is no absolute path"],
  ['a new start with anybody', () => output({ bundle: AgentBundle.insecure(), rebootstrapMode: RebootstrapMode.ALWAYS }),
    "rebootstrapMode 'always' is not possible with AgentBundle.insecure(): use another bundle"],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});
