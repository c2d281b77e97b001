import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { istioAllows } from './istio-authorization';
import { describeWithSharedData, hasSharedData, sharedData } from '../shared-data';

interface Case {
  readonly name: string;
  readonly verdicts: [boolean, boolean, any][];
}

/**
 * The recorded cases that our evaluator knows all fields of; it throws for the others.
 */
function knownCases(): Case[] {
  const files = hasSharedData ? readdirSync(sharedData('authz-verdicts')).filter((file) => /^\d.*\.yaml$/.test(file)) : [];
  return files.flatMap((file) => {
    const text = readFileSync(sharedData('authz-verdicts', file), 'utf8');
    const isPlain = /pathNormalization: DEFAULT/.test(text) && !/trustDomainAliases: *\n|kind: PeerAuthentication|kind: RequestAuthentication|protocol: UNSPECIFIED|cluster\.local\/ns|path: .?http:|dry-run: (?!.true')/.test(text);
    try {
      return isPlain ? [{ name: file, verdicts: verdictsOf(parse(text)) }] : [];
    } catch {
      return [];
    }
  });
}

function verdictsOf({ destination, policies, requests, mesh }: any): [boolean, boolean, any][] {
  const protocol = (port: number) => destination.ports.find((one: any) => one.port === port)?.protocol;
  return requests.filter((one: any) => ['allow', 'deny'].includes(one.verdict) && one.transport === 'mtls' && protocol(one.port)).map((one: any) => {
    const isHttp = ['HTTP', 'HTTP2', 'GRPC'].includes(protocol(one.port));
    const http = isHttp ? { method: one.method, path: one.pathSeen ?? one.path, host: one.host } : undefined;
    const allowed = istioAllows(policies, destination, { identity: one.identity ?? undefined, port: one.port, http }, mesh.rootNamespace);
    return [allowed, one.verdict === 'allow', one];
  });
}

describeWithSharedData('verdicts of a real Envoy', () => {
  const cases = knownCases();

  test('many cases have only fields that are known', () => {
    expect(cases.length).toBeGreaterThan(40);
    expect(cases.flatMap((one) => one.verdicts).length).toBeGreaterThan(300);
  });

  test.each(cases.map((one) => [one.name, one]))('%s', (_, { verdicts }) => {
    expect(verdicts.filter(([ours, envoys]) => ours !== envoys)).toEqual([]);
  });
});

test('fails for a field that it does not know', () => {
  const policy = { metadata: { namespace: 'shop' }, spec: { rules: [{ from: [{ source: { notPrincipals: ['a'] } }] }] } };
  expect(() => istioAllows([policy], { namespace: 'shop', labels: {} }, { port: 1 })).toThrow('unknown field notPrincipals');
});
