import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundleEndpoint, Cluster, Federation, GitOpsApp, NestedSpire, Platform, TrustDomain } from '../src';
import { TestCluster } from './constructs/federation/fixture';
import { onThisMachine } from './support/on-this-machine';
import { eventually, freePorts, isOnPath, run, start } from './support/programs';
import { Synthesized } from './support/synth';

const TITLE = 'a server below a root federates by itself, and is trusted by the bundle of the root, with our configurations';
const isPossible = ['spire-server', 'spire-agent'].every(isOnPath) && process.getuid !== undefined;
const [define, title] = isPossible ? [test, TITLE] : [test.skip, `${TITLE} [skipped: spire-server and spire-agent are not on PATH]`];
const JOIN_TOKEN = 'NodeAttestor "join_token" {\n    plugin_data {}\n  }';
const GLOBAL = 'spiffe://global.example.org';
const HUB = 'spiffe://hub.example.org';

function federation(app: GitOpsApp): void {
  const [root, eu] = ['root', 'eu'].map((name) => new Platform(app, name, { cluster: Cluster.of({ name, trustDomain: TrustDomain.of('global.example.org') }) }));
  const { nested } = new NestedSpire(app, 'spire', {
    root,
    host: 'spire-root.example.org',
    rootSpire: { server: { bundleEndpoint: BundleEndpoint.httpsSpiffe({ host: 'spire-bundle.example.org' }) } },
    nested: [{ platform: eu }],
  });
  new Federation(app, 'federation', { members: [{ spire: nested[0] }, { spire: new TestCluster(app, 'hub').spire }] });
}

define(title, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spire-'));
  const ends: (() => Promise<void>)[] = [];
  try {
    const output = Synthesized.of(federation);
    const configMap = (cluster: string, name: string, file: string) =>
      output.objects[`${cluster}/20-spire-server/${file}.k8s.yaml`].find((one) => one.kind === 'ConfigMap' && one.metadata.name === name).data;
    const ports: { [cluster: string]: { api: number; bundle: number; health: number; metrics: number } } = {};
    for (const cluster of ['root', 'eu', 'hub']) {
      const [api, bundle, health, metrics] = await freePorts(4);
      ports[cluster] = { api, bundle, health, metrics };
      mkdirSync(join(folder, cluster, 'data'), { recursive: true });
    }
    const below = (text: string) => text
      .replace('"spire-root.example.org"', '"127.0.0.1"')
      .replace(/server_port = "?8081"?/, `server_port = "${ports.root.api}"`)
      .replace('/run/spire/upstream/spire-agent.sock', join(folder, 'agent.sock'));
    const startServer = async (cluster: string) => {
      const config = join(folder, cluster, 'server.conf');
      const written = below(onThisMachine(configMap(cluster, 'spire-server', 'spire-server')['server.conf'], join(folder, cluster), ports[cluster]));
      writeFileSync(config, written.replace('plugins {', `plugins {\n  ${JOIN_TOKEN}`));
      ends.unshift(start('spire-server', ['run', '-config', config]));
      expect(await eventually(() => server(cluster, 'healthcheck'))).toContain('Server is healthy.');
    };
    const server = (cluster: string, command: string, input?: string) =>
      run('spire-server', [...command.split(' '), '-socketPath', join(folder, cluster, 'api.sock')], input);
    await Promise.all([startServer('root'), startServer('hub')]);

    // the agent beside the nested server; a token stands for the pod of the other cluster
    const token = server('root', `token generate -spiffeID ${GLOBAL}/nested/eu/agent`).replace(/^Token: /, '').trim();
    server('root', `entry create -parentID ${GLOBAL}/nested/eu/agent -spiffeID ${GLOBAL}/nested/eu/server -selector unix:uid:${process.getuid!()} -downstream`);
    writeFileSync(join(folder, 'bundle.pem'), server('root', 'bundle show'));
    writeFileSync(join(folder, 'agent.conf'), below(configMap('eu', 'spire-upstream-agent', 'spire-upstream-agent')['agent.conf'])
      .replace(/(?<=data_dir = ")[^"]*/, join(folder, 'agent'))
      .replace(/(?<=trust_bundle_path = ")[^"]*/, join(folder, 'bundle.pem'))
      .replace('plugins {', `plugins {\n  ${JOIN_TOKEN}`)
      .replace(/ {2}NodeAttestor "k8s_psat" \{[^]*?\n {2}\}\n/, '')
      .replace(/health_checks \{[^]*?\n\}/, ''));
    ends.unshift(start('spire-agent', ['run', '-config', join(folder, 'agent.conf'), '-joinToken', token]));
    await startServer('eu');
    expect(server('eu', 'bundle show')).toBe(server('root', 'bundle show'));

    // the relations as the controller managers make them, and the commands of VERIFY.md
    const relate = (trusting: string, trusted: string, serving: string) => {
      const { spec } = output.objects[`${trusting}/40-identities/federation.k8s.yaml`][0];
      expect(spec.trustDomain).toBe(trusted.slice('spiffe://'.length));
      const { type, endpointSPIFFEID } = spec.bundleEndpointProfile;
      server(trusting, `federation create -trustDomain ${spec.trustDomain} -bundleEndpointURL https://127.0.0.1:${ports[serving].bundle} `
        + `-bundleEndpointProfile ${type} -endpointSpiffeID ${endpointSPIFFEID}`);
      expect(server(trusting, `bundle set -id ${trusted} -format spiffe`, server(serving, 'bundle show -format spiffe'))).toContain('bundle set.');
      expect(server(trusting, `federation refresh -id ${trusted}`)).toContain('Bundle refreshed');
    };
    relate('eu', HUB, 'hub');
    relate('hub', GLOBAL, 'root');
    // the server above takes no part in what the nested one trusts
    const entry = `entry create -parentID ${GLOBAL}/node -spiffeID ${GLOBAL}/ns/shop/sa/web -selector unix:uid:1 -federatesWith hub.example.org`;
    expect(server('eu', entry)).toContain('hub.example.org');
    expect(() => server('root', entry)).toThrow('failed to create one or more entries');
    // the key by which eu signs tokens is in the bundle of the root, and comes over with it
    const header = JSON.parse(Buffer.from(server('eu', `jwt mint -spiffeID ${GLOBAL}/ns/shop/sa/web -audience hub`).split('.')[0], 'base64url').toString());
    server('hub', `federation refresh -id ${GLOBAL}`);
    expect(server('hub', `bundle list -id ${GLOBAL} -format spiffe`)).toContain(header.kid);
    // the end, as REVOKE of eu has it
    server('eu', `federation delete -id ${HUB}`);
    expect(server('eu', `bundle delete -id ${HUB} -mode dissociate`)).toContain('bundle deleted.');
    expect(server('eu', 'entry show')).not.toContain('FederatesWith');
  } finally {
    await Promise.all(ends.map((end) => end()));
    rmSync(folder, { recursive: true });
  }
}, 90_000);
