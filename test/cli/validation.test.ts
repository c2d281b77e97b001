import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, SpiffeValidation, SpiffeValidationProps } from '../../src';

const id = (name: string, ttl: string) => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: ${name}}
spec:
  spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}"
  podSelector: {matchLabels: {app: ${name}}}
  ttl: ${ttl}
`;
const ADMIN = `${id('admin', '"1h"')}  admin: true\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What cdk8s-cli gives a plugin; the real one runs in scripts/consumer-test.js. */
async function validate(props: SpiffeValidationProps | undefined, ...texts: string[]) {
  const manifests = texts.map((text, index) => {
    const file = join(folder, `${index}.k8s.yaml`);
    writeFileSync(file, text);
    return file;
  });
  const report = { violations: [] as any[], status: '', metadata: {} };
  await new SpiffeValidation(props).validate({
    manifests,
    report: {
      addViolation: (violation: any) => report.violations.push(violation),
      submit: (status: string, metadata: any) => Object.assign(report, { status, metadata }),
    },
  });
  return report;
}

test('manifests without findings pass', async () => {
  expect(await validate(undefined, id('web', '"1h"'))).toEqual({ violations: [], status: 'success', metadata: { Errors: '0', Warnings: '0', Notes: '0' } });
});

test('fails for an error: one violation for each rule, with all its places', async () => {
  const { violations, status, metadata } = await validate(undefined, id('web', '3600'), `${id('api', '"1h"')}---\n${id('db', '60')}`);
  expect(status).toBe('failure');
  expect(metadata).toEqual({ Errors: '2', Warnings: '0', Notes: '0' });
  expect(violations).toEqual([{
    ruleName: 'SPIRE-ID-TTL (error)',
    recommendation: expect.stringContaining('the lifetime of an entry is no duration: '),
    fix: 'write a Go duration in quotes, such as "1h"',
    violatingResources: [
      { resourceName: 'web', manifestPath: join(folder, '0.k8s.yaml'), locations: ['line 7: ttl 3600 is no text'] },
      { resourceName: 'db', manifestPath: join(folder, '1.k8s.yaml'), locations: ['line 15: ttl 60 is no text'] },
    ],
  }]);
});

test('a warning is told, and fails the validation only where that is asked for', async () => {
  const lenient = await validate(undefined, ADMIN);
  expect([lenient.status, lenient.violations.map(({ ruleName }) => ruleName)]).toEqual(['success', ['SPIRE-ID-ADMIN (warning)']]);
  const strict = await validate({ level: checks.Level.WARNING }, ADMIN);
  expect([strict.status, strict.violations]).toEqual(['failure', lenient.violations]);
});

test('rules are chosen as on the command line', async () => {
  expect(await validate({ skip: ['SPIRE-ID-TTL'] }, id('web', '3600'))).toMatchObject({ status: 'success', violations: [] });
  expect(await validate({ only: ['SPIRE-ID-ADMIN'] }, id('web', '3600'))).toMatchObject({ status: 'success', violations: [] });
});

test.each([
  ['a property that it does not have', { levels: 'error' }, "SpiffeValidation has no property 'levels': it has level, only, skip"],
  ['a level that is none', { level: 'fatal' }, "level 'fatal' of SpiffeValidation is none: use one of error, warning, info"],
  ['a rule that is no list', { skip: 'SPIRE-ID-TTL' }, "'skip' of SpiffeValidation is 'SPIRE-ID-TTL', no list: write the names of rules as a list"],
])('fails for %s', (_, props, message) => {
  expect(() => new SpiffeValidation(props as any)).toThrow(message);
});

test('fails for a rule that does not exist', async () => {
  await expect(validate({ skip: ['SPIRE-X'] }, ADMIN)).rejects.toThrow('there is no rule "SPIRE-X": see docs/rules.md');
});
