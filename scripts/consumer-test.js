// Packs the compiled library, installs it in an empty TypeScript app as users do, runs `cdk8s synth` there, and compares what it writes with what the
// same program writes from the sources. Then `cdk8s synth` runs with the checks as a validation plugin: over a good app, and over a bad one, which has to
// fail. Needs `npx projen compile` before.
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const CDK8S_CLI = '2.207.60';
const PACKED = [/^package\.json$/, /^(README|API)\.md$/, /^LICENSE$/, /^\.jsii(\.tabl\.json(\.gz)?)?$/, /^lib\/.*\.(js|d\.ts)$/, /^bin\//, /^node_modules\/yaml\//];

const root = join(__dirname, '..');
const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-consumer-'));

function say(line) {
  console.log(`consumer: ${line}`);
}

function fail(line, details = []) {
  throw new Error([line, ...details.slice(0, 40)].join('\n  '));
}

function run(what, command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, shell: process.platform === 'win32', ...options });
  if (result.status !== 0) {
    fail(`${what} failed`, `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-40));
  }
  return result.stdout;
}

function filesBelow(folder) {
  const paths = readdirSync(folder, { recursive: true }).filter((path) => !path.startsWith('.') && statSync(join(folder, path)).isFile());
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** The first TypeScript of the README that synthesizes something; it is the first thing that people try. */
function program() {
  const blocks = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1]);
  const found = blocks.find((block) => block.includes('new GitOpsApp(') && block.includes('.synth()'));
  return found ?? fail('README.md has no TypeScript that creates a GitOpsApp and synthesizes it');
}

function pack() {
  if (!existsSync(join(root, 'lib', 'index.js'))) {
    fail('the library is not compiled: run `npx projen compile` first');
  }
  const [{ filename, files }] = JSON.parse(run('npm pack', 'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], { cwd: root }));
  const strange = files.map((file) => file.path).filter((path) => !PACKED.some((pattern) => pattern.test(path)));
  if (strange.length > 0) {
    fail('the package holds files that nobody needs: ignore them in .projenrc.ts', strange);
  }
  say(`packed ${files.length} files`);
  return join(work, filename);
}

function install(app, tarball) {
  mkdirSync(app);
  const pinned = (name) => `${name}@${project.devDependencies[name]}`;
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0', private: true }));
  writeFileSync(join(app, 'cdk8s.yaml'), 'language: typescript\napp: node main.js\n');
  // no skipLibCheck: the declarations that we publish have to compile in a strict project
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { target: 'ES2022', module: 'node16', strict: true, types: ['node'] },
    include: ['main.ts'],
  }));
  writeFileSync(join(app, 'main.ts'), program());
  const packages = [tarball, pinned('cdk8s'), pinned('cdk8s-plus-27'), pinned('constructs'), pinned('typescript'), pinned('@types/node'), `cdk8s-cli@${CDK8S_CLI}`];
  run('npm install', 'npm', ['install', '--omit=optional', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: app });
  const copies = run('npm ls', 'npm', ['ls', '--all', '--parseable', 'cdk8s', 'constructs'], { cwd: app }).trim().split('\n')
    .filter((path) => !path.includes('cdk8s-cli')); // a program of its own
  if (copies.length !== 2) {
    fail('cdk8s or constructs is installed more than once', copies);
  }
  say('installed in an empty app');
}

function synthesize(app) {
  run('tsc', 'npx', ['tsc'], { cwd: app });
  run('cdk8s synth', 'npx', ['cdk8s', 'synth', '--check-upgrade=false'], { cwd: app });
  return filesBelow(join(app, 'dist'));
}

/** A plain cdk8s app with one object, whose lifetime is a text as the API server wants it, or a number. */
function plainApp(ttl) {
  return `
const { App, ApiObject, Chart } = require('cdk8s');
const app = new App();
new ApiObject(new Chart(app, 'ids'), 'web', {
  apiVersion: 'spire.spiffe.io/v1alpha1',
  kind: 'ClusterSPIFFEID',
  metadata: { name: 'web' },
  spec: {
    spiffeIDTemplate: 'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
    podSelector: { matchLabels: { app: 'web' } },
    ttl: ${JSON.stringify(ttl)},
  },
});
app.synth();
`;
}

function validate(app) {
  writeFileSync(join(app, 'good.js'), plainApp('1h'));
  writeFileSync(join(app, 'bad.js'), plainApp(3600));
  const { version } = JSON.parse(readFileSync(join(app, 'node_modules', 'cdk8s-spiffe', 'package.json'), 'utf8'));
  writeFileSync(join(app, 'cdk8s.yaml'), [
    'language: typescript', 'validations:', '  - package: ./node_modules/cdk8s-spiffe', `    version: ${version}`, '    class: SpiffeValidation', '',
  ].join('\n'));
  const synth = (program) => spawnSync('npx', ['cdk8s', 'synth', '--check-upgrade=false', '--app', `node ${program}`],
    { cwd: app, encoding: 'utf8', shell: process.platform === 'win32' });
  const output = ({ stdout, stderr }) => `${stdout}\n${stderr}`.split('\n');
  const good = synth('good.js');
  if (good.status !== 0 || !good.stdout.includes('Validations ended succesfully')) {
    fail('the validation plugin refuses a good app', output(good));
  }
  const bad = synth('bad.js');
  const expected = ['SPIRE-ID-TTL (error)', 'Construct Path: ids/web', 'Manifest Path: dist/ids.k8s.yaml', 'ttl 3600 is no text', 'How to fix: write a Go duration'];
  const missing = expected.filter((text) => !bad.stdout.includes(text));
  if (bad.status !== 2 || missing.length > 0) {
    fail(`the validation plugin lets a bad app pass, or does not say why: status ${bad.status}, not said: ${missing.join(', ') || 'nothing'}`, output(bad));
  }
  say('ok: the validation plugin passes a good app and fails a bad one');
}

/** What is under test in the sources. */
function snapshot() {
  return filesBelow(join(root, 'test', '__snapshots__', 'bookinfo-zero-trust'));
}

function compare(actual, expected) {
  const problems = [
    ...[...expected.keys()].filter((path) => !actual.has(path)).map((path) => `${path} is missing`),
    ...[...actual.keys()].filter((path) => !expected.has(path)).map((path) => `${path} is not expected`),
    ...[...actual.keys()].filter((path) => expected.has(path) && actual.get(path) !== expected.get(path)).map((path) => `${path} differs`),
  ];
  if (problems.length > 0) {
    fail('the installed package writes something else than the snapshot', problems);
  }
  if (![...actual.keys()].some((path) => path.endsWith('.k8s.yaml'))) {
    fail('no manifest was written', [...actual.keys()]);
  }
  say(`ok: ${actual.size} files, the same bytes as in the snapshot`);
}

try {
  const app = join(work, 'app');
  install(app, pack());
  compare(synthesize(app), snapshot());
  validate(app);
} catch (error) {
  say(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
