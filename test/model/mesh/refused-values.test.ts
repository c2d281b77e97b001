import { addressRefusal, domainRefusal, exportToRefusal, isDnsLabel, podLabelsRefusal, portRefusal, rangeRefusal, wildcardDomainRefusal } from '../../../src/model/mesh/refused-values';

test.each(['a', 'orders.shop.svc.cluster.local', 'istio.io.', 'A-1.example.org', '{{ .Values.host }}', '${HOST}.example.org', 'web.SHOP_NAMESPACE.svc.CLUSTER_DOMAIN', '{HOSTNAME}'])('takes the domain %j', name => {
  expect([domainRefusal(name), wildcardDomainRefusal(name)]).toEqual([undefined, undefined]);
});

test.each([
  ['', 'the name is empty'],
  ['10.0.0', '"10.0.0" is no DNS name: "0" at its end is a number'],
  ['a..b', '"a..b" is no DNS name: "" may not be a part of one'],
  ['a_b.example.org', '"a_b.example.org" is no DNS name: "a_b" may not be a part of one'],
  [`${'x'.repeat(64)}.org`, `"${'x'.repeat(64)}.org" is no DNS name: "${'x'.repeat(64)}" may not be a part of one`],
  ['x.'.repeat(150), `"${'x.'.repeat(20)}…" has more than 255 characters`],
])('fails with the domain %j', (name, refusal) => {
  expect([domainRefusal(name), wildcardDomainRefusal(name)]).toEqual([refusal, refusal]);
});

test.each(['*', '*.example.org', '*-a.example.org', '*a.org'])('takes the wildcard %j where one may be', name => {
  expect([wildcardDomainRefusal(name), domainRefusal(name)]).toEqual([undefined, expect.stringContaining('is no DNS name')]);
});

test.each(['a*', 'a.*.org', '**.org'])('fails with the wildcard %j', name => {
  expect(wildcardDomainRefusal(name)).toContain('is no DNS name');
});

test('a number may be the whole of a name with wildcards, as Istio looks at what is behind the first point only', () => {
  expect([wildcardDomainRefusal('80'), domainRefusal('80')]).toEqual([undefined, '"80" is no DNS name: "80" at its end is a number']);
});

test('addresses and ranges', () => {
  expect(['10.0.0.1', '::1'].flatMap(text => [addressRefusal(text), rangeRefusal(text)])).toEqual([undefined, undefined, undefined, undefined]);
  expect([rangeRefusal('10.0.0.0/8'), rangeRefusal('fd00::/8')]).toEqual([undefined, undefined]);
  expect([addressRefusal('10.0.0'), rangeRefusal('10.0.0.0/33'), rangeRefusal('10.0.0.0/')])
    .toEqual(['"10.0.0" is no IP address', '"10.0.0.0/33" is no address or range', '"10.0.0.0/" is no address or range']);
});

test('ports', () => {
  expect([1, 65535, '80', '${PORT}'].map(portRefusal)).toEqual([undefined, undefined, undefined, undefined]);
  expect([0, 65536, 'http', undefined].map(portRefusal))
    .toEqual(['port 0 is not from 1 to 65535', 'port 65536 is not from 1 to 65535', 'port "http" is not from 1 to 65535', 'port undefined is not from 1 to 65535']);
});

test('labels of pods', () => {
  expect(podLabelsRefusal({ 'app': 'a', 'app.kubernetes.io/name': '', 'v': 'v1.2_3' })).toBeUndefined();
  expect(podLabelsRefusal({ app: 'a*' })).toBe('"a*" is no value of a label');
  expect(podLabelsRefusal({ 'a b': 'a' })).toBe('"a b" is no key of a label');
  expect(podLabelsRefusal({ [`a/${'x'.repeat(64)}`]: 'a' })).toBe(`"a/${'x'.repeat(64)}" is no key of a label`);
});

test('namespaces that something is exported to', () => {
  expect(['.', '*', 'shop'].map(exportToRefusal)).toEqual([undefined, undefined, undefined]);
  expect(exportToRefusal('~')).toBe('exportTo "~" is neither "." nor "*" nor a namespace');
  expect(isDnsLabel('a.b')).toBe(false);
});
