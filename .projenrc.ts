import { cdk8s, javascript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-spiffe',
  description: 'cdk8s constructs and presets that write every manifest of a SPIFFE/SPIRE + Istio zero-trust platform, and checks that read any manifests',
  author: 'cdk8s-spiffe contributors',
  authorAddress: 'maintainers@cdk8s-spiffe.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-spiffe/cdk8s-spiffe.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk8s-spiffe contributors',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,

  cdk8sVersion: '2.70.106',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  minNodeVersion: '20.16.0',
  peerDeps: ['cdk8s-plus-27@^2.9.5'],
  // positions in other people's YAML: only the judges load it
  bundledDeps: ['yaml@^2.9.1'],
  devDeps: [
    'cdk8s-plus-27@2.9.5',
    '@types/node@^20',
    // jest's transform: a third of the time of ts-jest on a first run
    '@swc/core@1.16.22',
    '@swc/jest@^0.2',
    '@cdktn/hcl2json@^0.24.0',
    'ajv@^8',
    'ajv-formats@^3',
    'fast-check@^4',
    // Kubernetes' own kinds, for the strict schema check of the tests
    'kubernetes-types@1.30.0',
    '@prometheus-io/lezer-promql@^0.315.0',
    '@lezer/common',
    '@lezer/lr',
    '@lezer/highlight',
    'tsconfig-paths@^4',
    // puts the judges in one file
    'esbuild@^0.28',
  ],
  bin: { 'cdk8s-spiffe': 'bin/cdk8s-spiffe' },

  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      // jest leaves one core idle, which is half of a machine with two
      maxWorkers: '100%',
      // examples import the package by its name, as users do
      globalSetup: '<rootDir>/test/support/lazy-source.ts',
      moduleNameMapper: { '^(?:cdk8s-spiffe|(?:\\.\\./)+src)$': '<rootDir>/.tmp/source.js', '^fast-check$': '<rootDir>/test/support/fast-check.ts' },
    },
  },
  publishToPypi: { distName: 'cdk8s-spiffe', module: 'cdk8s_spiffe' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk8s-spiffe',
    mavenArtifactId: 'cdk8s-spiffe',
    javaPackage: 'io.github.cdk8s_spiffe',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-spiffe/cdk8s-spiffe-go' },
  keywords: ['cdk8s', 'kubernetes', 'spiffe', 'spire', 'istio', 'mtls', 'zero-trust', 'service-mesh', 'prometheus', 'gitops'],
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'projenrc'], commandOptions: { fix: false } },
  gitignore: ['/dist/', 'examples/*/dist/', '*.log', '.tmp/', '.jsii.tabl.json'],
});

// types are checked by the compiler; a test run only strips them, and keeps the maps out of what it loads
project.deps.removeDependency('ts-jest');
project.jest!.config.transform = {
  '^.+\\.tsx?$': ['@swc/jest', {
    jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
    module: { type: 'commonjs' },
    sourceMaps: true,
  }],
};

// examples import the package by its name, which only the compiler knows how to find
project.eslint?.addOverride({ files: ['examples/**/*.ts'], rules: { 'import/no-unresolved': ['error', { ignore: ['^cdk8s-spiffe$'] }] } });
// 1.13.0's optional binaries for other platforms are not on every registry mirror; `npm ci` then refuses the lock file
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// a file that left src/ must not ship from an old lib/
project.preCompileTask.exec('rm -rf lib');
// a program that uses three classes does not load three hundred
project.compileTask.exec('ts-node -T -P examples/tsconfig.json scripts/lazy-exports.ts');
// reading six hundred modules takes longer than a check of a small app
project.compileTask.exec('ts-node -T -P examples/tsconfig.json scripts/bundle-checks.ts');
// README.md and every @example compile, or the build fails; the table of an earlier run would hide what no longer does
project.package.addField('jsiiRosetta', { exampleDependencies: { '@types/node': '^20' } });
project.postCompileTask.exec('rm -f .jsii.tabl.json');
project.postCompileTask.exec('jsii-rosetta extract --strict .');
project.addPackageIgnore('/examples/');
project.addPackageIgnore('/conformance/');
project.addPackageIgnore('/docs/');
project.addPackageIgnore('/bench/');
project.addPackageIgnore('/scripts/');
project.addPackageIgnore('/.ci/');
project.addPackageIgnore('/.tmp/');
project.addPackageIgnore('/ARCHITECTURE.md');
project.addPackageIgnore('/CONTRIBUTING.md');
project.addPackageIgnore('*.log');

// a fresh clone needs nothing but Node and npm: each command installs what is missing
const setUp = 'node scripts/set-up.js';
const typescript = 'ts-node -T -P examples/tsconfig.json -r tsconfig-paths/register';
project.setScript('demo', `${setUp} && ${typescript} examples/bookinfo-zero-trust/main.ts`);
project.setScript('test', `${setUp} && jest --ci`);
// how fast a synthesis is, beside plain cdk8s: bench -- --quick takes a minute
project.setScript('bench', `${setUp} && ${typescript} bench/main.ts`);
// what takes long: fuzzing, start-up cost, ratios of time
project.setScript('test:slow', `${setUp} && jest --ci --testMatch '<rootDir>/test/**/*.slow.ts'`);
project.setScript('lint', `${setUp} && projen eslint`);

project.synth();
