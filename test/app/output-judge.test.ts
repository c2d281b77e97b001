import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Artifact, BundleEndpointProfile, checks, Cluster, ClusterFederatedTrustDomain, Fleet, GitOpsApp, OutputChecks, Platform, presets, Spire, Stage, TrustDomain } from '../../src';

const SKIP = 'checks.cdk8s-spiffe.dev/skip';
const cluster = (name: string) => Cluster.of({ name, trustDomain: TrustDomain.of('example.org') });

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

const written = () => (readdirSync(outdir, { recursive: true }) as string[])
  .filter((path) => statSync(join(outdir, path)).isFile() && !path.startsWith('.')).sort();

function app(mode?: OutputChecks): GitOpsApp {
  return new GitOpsApp({ outdir, checks: mode });
}

function platform(scope: GitOpsApp, name = 'prod'): Platform {
  return new Platform(scope, name, { cluster: cluster(name) });
}

// an error: the API server refuses a number
function wrongId(scope: Platform, annotations?: { [name: string]: string }): ApiObject {
  return new ApiObject(scope.chart(Stage.IDENTITIES, 'ids'), 'web', {
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterSPIFFEID',
    metadata: { name: 'web', annotations },
    spec: { spiffeIDTemplate: 'spiffe://{{ .TrustDomain }}/web', podSelector: { matchLabels: { app: 'web' } }, ttl: 3600 },
  });
}

// a warning, and a note
function outdated(scope: Platform, name: string): ApiObject {
  return new ApiObject(scope.chart(Stage.APPS, 'apps'), name, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'web', image: 'envoyproxy/envoy:v1.20.0' }] } },
    },
  });
}

test('fails for an error with the rule, the object, its construct, the line and the fix, and writes nothing', () => {
  const defined = app();
  const prod = platform(defined);
  outdated(prod, 'web');
  wrongId(prod);
  let message = '';
  try {
    defined.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message.split('\n')).toEqual([
    'the checks find 1 error in what would be written:',
    '',
    expect.stringMatching(/^ {2}SPIRE-ID-TTL: .*3600/),
    '    at:  ttl: 3600',
    "    in:  ClusterSPIFFEID web of construct 'prod/40-identities/ids/web', prod/40-identities/ids.k8s.yaml:13",
    expect.stringMatching(/^ {4}fix: write a Go duration in quotes/),
    '',
    expect.stringMatching(/`checks\.cdk8s-spiffe\.dev\/skip: RULE=reason`.*`checks: OutputChecks\.REPORT`/),
  ]);
  expect(written()).toEqual([]);
  expect(() => defined.summary).toThrow();
});

test('fails for an error in an artifact', () => {
  const defined = app();
  const prod = platform(defined);
  const text = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  components:\n    proxy: {}\n';
  new Artifact(prod, 'mesh', { fileName: 'mesh.yaml', purpose: 'input for istioctl', content: { render: () => text } });
  expect(() => defined.synth()).toThrow(/MESH-OPERATOR-FIELD: [^]*at: {2}proxy: \{\}\n {4}in: {2}IstioOperator, prod\/artifacts\/mesh\.yaml:5/);
  expect(written()).toEqual([]);
});

test('an error is accepted with a reason', () => {
  const defined = app();
  wrongId(platform(defined), { [SKIP]: 'SPIRE-ID-TTL=our API server converts it' });
  defined.synth();
  expect(defined.summary.checks).toEqual({ findings: [], noteCount: 0, skippedCount: 1 });
  expect(defined.summary.toString()).toContain('\nchecks: nothing found, 1 accepted\n');
});

test('what is accepted is counted beside what is found, once where clusters share it', () => {
  const defined = app();
  const shared = new Chart(defined, 'shared');
  new ApiObject(shared, 'id', {
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterSPIFFEID',
    metadata: { name: 'web', annotations: { [SKIP]: 'SPIRE-ID-TTL=our API server converts it' } },
    spec: { spiffeIDTemplate: 'spiffe://{{ .TrustDomain }}/web', podSelector: { matchLabels: { app: 'web' } }, ttl: 3600 },
  });
  outdated(platform(defined, 'one'), 'web');
  platform(defined, 'two');
  defined.synth();
  expect(defined.summary.checks!.skippedCount).toBe(1);
  expect(defined.summary.toString()).toMatch(/\nchecks: .*1 warning \(ENVOY-OLD-IMAGE\), 1 note, 1 accepted\n/);
});

test('what the library accepts itself is counted: keys of SPIRE that it does not know', () => {
  const defined = app();
  new Spire(platform(defined), 'spire', { server: { additionalConfig: { new_key: 'on' } } });
  defined.synth();
  expect(defined.summary.checks!.skippedCount).toBe(1);
});

test('errors that are only reported are in the summary, and the output is written', () => {
  const defined = app(OutputChecks.REPORT);
  wrongId(platform(defined));
  defined.synth();
  expect(written()).toContain('prod/40-identities/ids.k8s.yaml');
  expect(defined.summary.checks!.findings).toEqual([expect.objectContaining({ rule: 'SPIRE-ID-TTL', level: checks.Level.ERROR, line: 13 })]);
  expect(defined.summary.toString()).toContain('\nchecks: 1 error (SPIRE-ID-TTL)\n  npx cdk8s-spiffe check ');
});

test('warnings and notes do not stop the output, and are counted in the summary', () => {
  const defined = app();
  const prod = platform(defined);
  outdated(prod, 'web');
  outdated(prod, 'api');
  defined.synth();
  const { findings, noteCount } = defined.summary.checks!;
  expect(findings.map(({ rule, object: { name } }) => [rule, name])).toEqual([['ENVOY-OLD-IMAGE', 'web'], ['ENVOY-OLD-IMAGE', 'api']]);
  expect(noteCount).toBe(2);
  expect(defined.summary.toString().split('\n').slice(-3)).toEqual([
    'checks: 2 warnings (ENVOY-OLD-IMAGE), 2 notes',
    expect.stringMatching(/^ {2}npx cdk8s-spiffe check .*\/ --level info shows them with lines and fixes$/),
    '',
  ]);
});

test('nothing is checked when checks are off, and the summary says so', () => {
  const defined = app(OutputChecks.OFF);
  wrongId(platform(defined));
  defined.synth();
  expect(defined.summary.checks).toBeUndefined();
  expect(defined.summary.toString()).toContain('\nchecks: off\n');
});

test('fails at the cluster of a fleet that has the error: those before it are written', () => {
  const defined = app();
  new Fleet(defined, 'fleet', {
    clusters: ['one', 'two', 'three'].map(cluster),
    definition: {
      define: (each) => {
        outdated(each, 'web');
        if (each.cluster.name === 'two') {
          wrongId(each);
        }
      },
    },
  });
  expect(() => defined.synth()).toThrow("of construct 'fleet/two/40-identities/ids/web'");
  expect(written()).toEqual(['one/80-apps/apps.k8s.yaml', 'one/artifacts/VERIFY.md']);
});

test('fails for platforms that do not fit together', () => {
  const defined = app();
  const [one, two] = ['one', 'two'].map((name) => {
    const own = new Platform(defined, name, { cluster: Cluster.of({ name, trustDomain: TrustDomain.of(`${name}.example.org`) }) });
    return { platform: own, spire: new Spire(own, 'spire') };
  });
  new ClusterFederatedTrustDomain(one.platform, 'two', {
    spire: one.spire,
    trustDomain: two.spire.cluster.trustDomain,
    bundleEndpointUrl: 'https://two.example.org',
    bundleEndpointProfile: BundleEndpointProfile.httpsWeb(),
  });
  expect(() => defined.synth()).toThrow(/FED-ENDPOINT-OTHER: the server of "two\.example\.org" has no bundle_endpoint/);
  expect(written()).toEqual([]);
});

describe('charts that are in no platform', () => {
  const id = (scope: Chart, path: string) => new ApiObject(scope, 'id', {
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterSPIFFEID',
    metadata: { name: 'web' },
    spec: { className: 'spire', spiffeIDTemplate: `spiffe://{{ .TrustDomain }}/${path}`, podSelector: { matchLabels: { app: 'web' } } },
  });
  const manager = (scope: Chart) => new ApiObject(scope, 'manager', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'manager', namespace: 'spire-server' },
    data: {
      'config.yaml': 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ControllerManagerConfig\ntrustDomain: example.org\nclusterName: a\n'
        + 'className: spire\nentryIDPrefix: a\n',
    },
  } as any);
  const web = (scope: Chart) => new ApiObject(scope, 'web', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'registry.example.org/web:1', readinessProbe: { exec: { command: ['true'] } }, resources: {} }] },
  });

  test('are checked with each platform', () => {
    const defined = app();
    const shared = new Chart(defined, 'shared');
    manager(shared);
    id(shared, 'a');
    for (const name of ['one', 'two']) {
      const own = platform(defined, name).chart(Stage.APPS, 'apps');
      web(own);
      new ApiObject(own, 'id', {
        apiVersion: 'spire.spiffe.io/v1alpha1',
        kind: 'ClusterSPIFFEID',
        metadata: { name },
        spec: { className: 'spire', spiffeIDTemplate: `spiffe://{{ .TrustDomain }}/${name}`, podSelector: { matchLabels: { app: 'web' } } },
      });
    }
    defined.synth();
    expect(defined.summary.checks!.findings.map(({ rule, object: { name } }) => [rule, name])).toEqual([['SPIRE-ID-OVERLAP', 'one'], ['SPIRE-ID-OVERLAP', 'two']]);
  });

  test('are for two clusters where they define the same object', () => {
    const defined = app();
    for (const name of ['dev', 'prod']) {
      const chart = new Chart(defined, name);
      manager(chart);
      web(chart);
      id(chart, name);
    }
    defined.synth();
    expect(defined.summary.checks!.findings).toEqual([]);
  });
});

test('what is found before writing is what is found in the written files', () => {
  const defined = app(OutputChecks.REPORT);
  const preset = new presets.BookinfoZeroTrust(defined, 'bookinfo', { cluster: cluster('prod') });
  const prod = preset.node.findAll().find(Platform.isPlatform)!;
  wrongId(prod);
  outdated(prod, 'web');
  outdated(prod, 'api');
  const server = prod.node.findAll().filter(ApiObject.isApiObject).find(({ kind, name }) => kind === 'ConfigMap' && name === 'spire-server')!;
  const conf: string = server.toJson().data['server.conf'];
  server.addJsonPatch(JsonPatch.replace('/data/server.conf', conf.replace('ca_ttl', 'ca_tl')));
  defined.synth();
  const files = written().filter((path) => path.endsWith('.yaml')).map((path) => ({ file: path, text: readFileSync(join(outdir, path), 'utf8') }));
  const read = new checks.ManifestChecker().check(files);
  const place = ({ rule, file, line }: checks.Finding) => `${file}:${line} ${rule}`;
  expect(defined.summary.checks!.findings.map(place).sort()).toEqual(read.filter(({ level }) => level !== checks.Level.INFO).map(place).sort());
  expect(defined.summary.checks!.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['SPIRE-UNKNOWN-KEY', 'SPIRE-ID-TTL', 'ENVOY-OLD-IMAGE']));
  expect(existsSync(join(outdir, 'prod'))).toBe(true);
});
