import * as fc from 'fast-check';
import { Call, runs, Sentence, System, widened } from './system';
import { AccessEnforcer } from '../../../../src';
import { linkerdAllows } from '../../../support/policies/linkerd-policy';

/** Linkerd refuses to let in a trust domain; it leaves out what is denied, marked or only watched. */
const isTaken = (one: Sentence) => !one.source.startsWith('trust domain') || one.deny || one.audit || one.auditOnly;

function linkerd(system: System, call: Call, manifests = system.manifests): boolean {
  const { namespace, podLabels: labels } = system.workload(call.destination);
  const spiffeId = system.identity(call.source)?.uri;
  const [, account, name] = /^spiffe:\/\/example\.org\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(spiffeId ?? '') ?? [];
  return linkerdAllows(manifests, { namespace, labels }, {
    account: account ? { namespace: account, name } : undefined, spiffeId, port: call.port, http: call.http,
  });
}

const check = (pick: (one: Sentence) => boolean, compare: (call: Call, ours: boolean, theirs: boolean) => void) =>
  fc.assert(fc.property(runs((one) => isTaken(one) && pick(one)), ([stated, requests]) => {
    const system = new System(stated, [AccessEnforcer.linkerd()]);
    const { manifests } = system;
    requests.forEach((call) => compare(call, system.allows(call), linkerd(system, call, manifests)));
  }), { numRuns: 40 });

test('Linkerd lets through what the statements allow', () => {
  check(() => true, (call, ours, theirs) => expect({ call, passes: theirs || !ours }).toEqual({ call, passes: true }));
});

test('nothing passes Linkerd for which no statement in force has caller, called workload and port', () => {
  fc.assert(fc.property(runs(isTaken), ([stated, requests]) => {
    const system = new System(stated, [AccessEnforcer.linkerd()]);
    const wide = new System(widened(stated), [AccessEnforcer.linkerd()]);
    const { manifests } = system;
    expect(requests.filter((call) => linkerd(system, call, manifests) && !wide.allows(call))).toEqual([]);
  }), { numRuns: 40 });
});

test('Linkerd says what the statements say where it can say all of them', () => {
  const isWhole = (one: Sentence) => !one.deny && !one.auditOnly && !one.hosts && !one.source.startsWith('token') && !one.methods && !one.paths;
  check(isWhole, (call, ours, theirs) => expect({ call, allowed: theirs }).toEqual({ call, allowed: ours }));
});

test('methods and paths are said when the callers of a port have the same ones', () => {
  const common = { deny: false, auditOnly: false, destination: 'api', port: 8080, methods: ['GET'], paths: ['/u/{*}'] };
  const system = new System([{ ...common, source: 'web' }, { ...common, source: 'ops' }], [AccessEnforcer.linkerd()]);
  const call = (source: string, method: string, path: string) => linkerd(system, { source, destination: 'api', port: 8080, http: { method, path, host: 'api' } });
  expect([call('web', 'GET', '/u/x'), call('ops', 'GET', '/u/x'), call('web', 'POST', '/u/x'), call('web', 'GET', '/u/x/y'), call('db', 'GET', '/u/x')])
    .toEqual([true, true, false, false, false]);
});
