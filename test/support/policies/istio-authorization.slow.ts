import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { istioAllows, istioVerdict } from './istio-authorization';
import { describeWithSharedData, hasSharedData, sharedData } from '../shared-data';

const files = hasSharedData ? readdirSync(sharedData('authz-verdicts')).filter((file) => /^\d.*\.yaml$/.test(file)) : [];

/**
 * What is said of each recorded request, and what a running Envoy answered.
 */
function verdicts(file: string): { readonly ours: string; readonly envoys: string; readonly request: any }[] {
  const { destination, policies, requests, mesh } = parse(readFileSync(sharedData('authz-verdicts', file), 'utf8'));
  return requests.map((request: any) => {
    const { transport, identity, port, sourceIp, sni, jwt: token } = request;
    const http = httpOf(request, destination.ports);
    const sent = { transport, identity: identity ?? undefined, port, sourceIp, sni, token: token ?? undefined, http };
    const ours = istioVerdict(policies, destination, sent, mesh);
    return { ours, envoys: request.verdict, request };
  });
}

/**
 * The port of a Service says whether bytes are read as HTTP; where nothing is said, they say it themselves.
 */
function httpOf({ port, method, path, pathSeen, host, headers }: any, ports: any[]): any {
  const protocol = ports.find((one) => one.port === port)?.protocol ?? 'UNSPECIFIED';
  if (method === null || ['TCP', 'HTTPS'].includes(protocol)) {
    return undefined;
  }
  // the absolute form of a request line has the host in it
  const [, authority, rest] = /^https?:\/\/([^/]*)(.*)$/.exec(path) ?? [];
  return { method, path: pathSeen ?? rest ?? path, host: authority ?? host, headers };
}

describeWithSharedData('verdicts of a real Envoy', () => {
  test('all of them are looked at', () => {
    expect([files.length > 200, files.flatMap(verdicts).length > 2000]).toEqual([true, true]);
  });

  test.each(files)('%s', (file) => {
    expect(verdicts(file).filter(({ ours, envoys }) => ours !== envoys)).toEqual([]);
  });
});

test.each([
  ['a field', { rules: [{ from: [{ source: { pods: ['a'] } }] }] }, 'unknown field pods'],
  ['a part of a rule', { rules: [{ whom: [] }] }, 'unknown field whom'],
  ['a condition', { rules: [{ when: [{ key: 'request.color', values: ['red'] }] }] }, 'unknown condition request.color'],
  ['an action', { action: 'CUSTOM' }, 'unknown action'],
])('fails for %s that it does not know', (_, spec, message) => {
  const http = { method: 'GET', path: '/', host: 'a' };
  expect(() => istioAllows([{ metadata: { namespace: 'shop' }, spec }], { namespace: 'shop', labels: {} }, { port: 1, http })).toThrow(message);
});
