import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Federation } from '../src';
import { TestCluster } from './constructs/federation/fixture';
import { onThisMachine } from './support/on-this-machine';
import { eventually, freePorts, isOnPath, run, start } from './support/programs';
import { Synthesized } from './support/synth';

const TITLE = 'two SPIRE servers with our configurations federate by the commands of FEDERATE.md, and end it by them';
const [define, title] = isOnPath('spire-server') ? [test, TITLE] : [test.skip, `${TITLE} [skipped: spire-server is not on PATH]`];

define(title, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spire-'));
  const ends: (() => Promise<void>)[] = [];
  try {
    const output = Synthesized.of((app) => {
      const members = ['eu', 'us'].map((name) => new TestCluster(app, name)).map((cluster) => ({ spire: cluster.spire }));
      new Federation(app, 'federation', { members });
    });
    const endpoints: { [cluster: string]: number } = {};
    for (const cluster of ['eu', 'us']) {
      const [api, bundle, health, metrics] = await freePorts(4);
      endpoints[cluster] = bundle;
      const { data } = output.objects[`${cluster}/20-spire-server/spire-server.k8s.yaml`].find((one) => one.kind === 'ConfigMap');
      mkdirSync(join(folder, cluster, 'data'), { recursive: true });
      const config = join(folder, cluster, 'server.conf');
      writeFileSync(config, onThisMachine(data['server.conf'], join(folder, cluster), { api, bundle, health, metrics }));
      ends.push(start('spire-server', ['run', '-config', config]));
    }
    const server = (cluster: string, command: string, input?: string) =>
      run('spire-server', [...command.split(' '), '-socketPath', join(folder, cluster, 'api.sock')], input);
    for (const cluster of ['eu', 'us']) {
      expect(await eventually(() => server(cluster, 'healthcheck'))).toContain('Server is healthy.');
    }
    // the relation as the controller manager makes it of the ClusterFederatedTrustDomain
    const { spec } = output.object('ClusterFederatedTrustDomain', 'eu.example.org');
    const { type, endpointSPIFFEID } = spec.bundleEndpointProfile;
    server('us', `federation create -trustDomain ${spec.trustDomain} -bundleEndpointURL https://127.0.0.1:${endpoints.eu} `
      + `-bundleEndpointProfile ${type} -endpointSpiffeID ${endpointSPIFFEID}`);
    expect(() => server('us', 'federation refresh -id spiffe://eu.example.org')).toThrow();
    expect(server('us', 'bundle set -id spiffe://eu.example.org -format spiffe', server('eu', 'bundle show -format spiffe'))).toContain('bundle set.');
    expect(server('us', 'federation refresh -id spiffe://eu.example.org')).toContain('Bundle refreshed');
    // a new key of eu comes by the endpoint
    server('eu', 'localauthority x509 prepare');
    await eventually(() => {
      server('us', 'federation refresh -id spiffe://eu.example.org');
      expect(server('us', 'bundle list -id spiffe://eu.example.org').match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    });
    const entry = 'entry create -parentID spiffe://us.example.org/node -spiffeID spiffe://us.example.org/ns/shop/sa/web -selector unix:uid:1 -federatesWith eu.example.org';
    expect(server('us', entry)).toContain('eu.example.org');
    // deleting the relation leaves the bundle; only the runbook takes it away
    server('us', 'federation delete -id spiffe://eu.example.org');
    expect(server('us', 'bundle list -id spiffe://eu.example.org')).toContain('BEGIN CERTIFICATE');
    expect(server('us', 'bundle delete -id spiffe://eu.example.org -mode dissociate')).toContain('bundle deleted.');
    expect(() => server('us', 'bundle list -id spiffe://eu.example.org')).toThrow('bundle not found');
    expect(server('us', 'entry show')).not.toContain('FederatesWith');
  } finally {
    await Promise.all(ends.map((end) => end()));
    rmSync(folder, { recursive: true });
  }
}, 60_000);
