import * as fc from 'fast-check';
import { Call, runs, Sentence, sentences, System } from './system';
import { AccessEnforcer, Artifact } from '../../../../src';
import { extAuthzInput } from '../../../../src/constructs/opa/ext-authz-input';
import { describeWithOpa, runOpa } from '../../../support/opa';

const files = (system: System) => Object.fromEntries(system.fixture.platform.node.findAll().filter(Artifact.isArtifact)
  .filter((artifact) => /^access/.test(artifact.fileName)).map((artifact) => [artifact.fileName, artifact.render()]));

/**
 * The verdicts of OPA for many requests in one run, since a start costs more than an evaluation.
 */
function opaVerdicts(system: System, requests: Call[]): boolean[] {
  const inputs = requests.map((call) => extAuthzInput({
    source: system.identity(call.source)?.uri,
    destination: system.workload(call.destination).identity.spiffeId.uri,
    port: call.port,
    http: call.http,
    claims: call.claims,
  }));
  const run = runOpa(['eval', '--format=raw', '-d', 'access.rego', '-d', 'access-data.json', '-d', 'inputs.json',
    '[allowed | some one in data.inputs; allowed := data.envoy.authz.allow with input as one]'], { ...files(system), 'inputs.json': JSON.stringify({ inputs }) });
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout);
}

/**
 * A sentence as it is for those who see no tokens.
 */
function untoken(one: Sentence): Sentence[] {
  if (!one.source.startsWith('token')) {
    return [one];
  }
  return one.deny || one.audit ? [] : [{ ...one, source: one.source === 'token through ops' ? 'ops' : 'gateway' }];
}

describeWithOpa('OPA', () => {
  test('OPA says what the statements say', () => {
    fc.assert(fc.property(runs(), ([stated, requests]) => {
      const system = new System(stated, [AccessEnforcer.opa()]);
      const verdicts = opaVerdicts(system, requests);
      expect(requests.map((call, index) => ({ call, allowed: verdicts[index] })))
        .toEqual(requests.map((call) => ({ call, allowed: system.allows(call) })));
    }), { numRuns: 25 });
  });

  test('asked by Istio, OPA lets through what the statements allow, and who hands on a token for the token', () => {
    fc.assert(fc.property(runs(), ([stated, requests]) => {
      const system = new System(stated, [AccessEnforcer.opa({ provider: 'opa' })]);
      const untold = new System(stated.flatMap((one) => untoken(one)), [AccessEnforcer.istio()]);
      const verdicts = opaVerdicts(system, requests);
      requests.forEach((call, index) => expect({ call, allowed: verdicts[index] || !system.allows(call) }).toEqual({ call, allowed: true }));
      expect(verdicts).toEqual(requests.map((call) => untold.allows(call)));
    }), { numRuns: 25 });
  });

  test('the written tests pass, and one for each statement fails when the statements are gone', () => {
    const system = new System(fc.sample(sentences, { numRuns: 80, seed: 3 }), [AccessEnforcer.opa()]);
    const written = files(system);
    const test = (data: string) => runOpa(['test', '--format=json', 'access.rego', 'access_test.rego', 'access-data.json'],
      { ...written, 'access-data.json': data });
    const passed = JSON.parse(test(written['access-data.json']).stdout);
    expect([passed.length, passed.filter((one: any) => one.fail)]).toEqual([160, []]);
    expect(JSON.parse(test('{}').stdout).filter((one: any) => one.fail).length).toBeGreaterThan(10);
  });

  test('the policy is strict Rego v1, in the form of opa fmt', () => {
    const written = files(new System(fc.sample(sentences, { numRuns: 5, seed: 4 }), [AccessEnforcer.opa()]));
    expect(runOpa(['check', '--strict', 'access.rego', 'access_test.rego'], written)).toMatchObject({ status: 0 });
    expect(runOpa(['fmt', '--fail', '--diff', 'access.rego'], written)).toMatchObject({ status: 0, stdout: '' });
  });
});
