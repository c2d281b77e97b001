import * as fc from 'fast-check';
import { SpiffeId, TrustDomain, WorkloadIdentity } from '../../src/identity';
import { labels, trustDomains } from '../support/arbitraries';

const EXAMPLE = TrustDomain.of('example.org');

test('namespace and service account make the ID that Istio understands', () => {
  fc.assert(fc.property(trustDomains, labels, labels, (trustDomain, namespace, serviceAccount) => {
    const identity = WorkloadIdentity.of({ trustDomain, namespace, serviceAccount });
    expect(`${identity}`).toBe(`spiffe://${trustDomain.name}/ns/${namespace}/sa/${serviceAccount}`);
    expect(identity.principal).toBe(`${trustDomain.name}/ns/${namespace}/sa/${serviceAccount}`);
    expect(identity.spiffeId.sameAs(SpiffeId.parse(`${identity}`))).toBe(true);
    expect(identity.trustDomain.sameAs(trustDomain)).toBe(true);
  }));
});

test.each([
  ['Shop', 'web', "namespace 'Shop' is no Kubernetes name: use up to 63 of a-z, 0-9 and '-', not at the ends"],
  ['', 'web', "namespace ''"],
  ['-shop', 'web', "namespace '-shop'"],
  ['shop.eu', 'web', "namespace 'shop.eu'"],
  ['a'.repeat(64), 'web', 'namespace'],
  ['shop', 'Web', "service account 'Web' is no Kubernetes name: use up to 253 of a-z, 0-9, '-' and '.', a letter or digit at the ends and around each '.'"],
  ['shop', 'web.', "service account 'web.'"],
  ['shop', 'web/x', "service account 'web/x'"],
  ['shop', '*', "service account '*'"],
  ['shop', 'a-.b', "service account 'a-.b'"],
  ['shop', 'a'.repeat(254), 'service account'],
  ['shop', 'a..b', "service account 'a..b'"],
])('fails for namespace %s and service account %s', (namespace, serviceAccount, message) => {
  expect(() => WorkloadIdentity.of({ trustDomain: EXAMPLE, namespace, serviceAccount })).toThrow(message);
});

test('a service account may have dots', () => {
  expect(WorkloadIdentity.of({ trustDomain: EXAMPLE, namespace: 'shop', serviceAccount: 'web.v1' }).principal).toBe('example.org/ns/shop/sa/web.v1');
});
