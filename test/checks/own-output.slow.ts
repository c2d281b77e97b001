import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks, Cluster, presets } from '../../src';
import { exampleOutput } from '../examples/example';
import { CLUSTER, Synthesized } from '../support/synth';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const examples = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const texts = (output: Synthesized) => Object.entries(output.files).map(([file, text]) => ({ file, text })).filter(({ file }) => /\.(ya?ml|rego|json)$/.test(file));
const findings = (output: Synthesized) => new checks.ManifestChecker().check(texts(output)).map(({ rule, file, line, message }) => `${file}:${line} ${rule}: ${message}`);

test.each(examples)('example %s has no finding, not even a note', (name) => {
  expect(findings(exampleOutput(name))).toEqual([]);
});

test('all examples in one folder have none either', () => {
  const files = examples.flatMap((name) => texts(exampleOutput(name)).map(({ file, text }) => ({ file: `${name}/${file}`, text })));
  expect(new checks.ManifestChecker().check(files)).toEqual([]);
});

test('the preset of Bookinfo has no finding, with traces', () => {
  expect(findings(Synthesized.of((app) => new presets.BookinfoZeroTrust(app, 'bookinfo', {
    cluster: CLUSTER,
    tracing: { serviceHost: 'otel-collector.observability.svc.cluster.local' },
  })))).toEqual([]);
});

test('clusters of one trust domain need no federation with it', () => {
  const clusters = Synthesized.of((app) => ['east', 'west'].forEach((name) => {
    new presets.BookinfoZeroTrust(app, name, { cluster: Cluster.of({ name, trustDomain: CLUSTER.trustDomain }) });
  }));
  expect(findings(clusters)).toEqual([]);
});
