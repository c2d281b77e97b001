import { AccessSource, SpiffeId, TokenIssuer, TokenSourceProps, TrustDomain, WorkloadIdentity } from '../../../src';

const issuer = TokenIssuer.of({ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', audiences: ['shop'] });
const through = { identity: WorkloadIdentity.of({ trustDomain: TrustDomain.of('example.org'), namespace: 'edge', serviceAccount: 'gateway' }) };
const token = (props: Partial<TokenSourceProps>) => AccessSource.token({ issuer, through, ...props });

test('sources have names for people', () => {
  expect([
    AccessSource.namespace('ops'),
    AccessSource.trustDomain(TrustDomain.of('partner.test')),
    AccessSource.identity(SpiffeId.parse('spiffe://example.org/ci/github/acme')),
    token({ subjects: ['ann', 'bob'], claims: { groups: ['admins'] } }),
  ].map(String)).toEqual([
    'namespace ops', 'trust domain partner.test', 'spiffe://example.org/ci/github/acme',
    'token of https://login.example.com, sub ann or bob, groups admins through edge/gateway',
  ]);
});

test.each<[string, () => AccessSource, string]>([
  ['no namespace', () => AccessSource.namespace('a/b'), "namespace 'a/b', which is no Kubernetes name"],
  ['the name of a trust domain', () => AccessSource.trustDomain('partner.test' as any), "trustDomain of AccessSource.trustDomain is 'partner.test': give a TrustDomain"],
  ['an empty list of subjects', () => token({ subjects: [] }), "'subjects' is an empty list"],
  ['an empty list of values', () => token({ claims: { groups: [] } }), "'groups' is an empty list"],
  ['a wildcard', () => token({ claims: { groups: ['a*'] } }), "compares claim 'groups' with 'a*'"],
  ['a claim that cannot be named', () => token({ claims: { 'a]b': ['x'] } }), "has claim 'a]b', which cannot be named"],
  ['subjects twice', () => token({ subjects: ['a'], claims: { sub: ['b'] } }), "has both subjects and a claim 'sub'"],
])('fails for %s', (_, define, message) => {
  expect(define).toThrow(message);
});
