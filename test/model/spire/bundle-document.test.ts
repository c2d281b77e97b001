import { isBundleDocument, readBundle } from '../../../src/model/spire/bundle-document';
import { AUTHORITY, LEAF } from '../../checks/fixtures/bundle-keys';

const { x5c, use, ...KEY } = AUTHORITY;
const JWT = { use: 'jwt-svid', kid: 'a', ...KEY };
const bundle = (...keys: unknown[]): string => JSON.stringify({ keys, spiffe_sequence: 1, spiffe_refresh_hint: 300 });
const problems = (text: string, isStrict = false): readonly string[] => readBundle(text, isStrict).problems;

test('a bundle tells its authorities and trust domains', () => {
  expect(readBundle(bundle(AUTHORITY, JWT), true)).toEqual({ problems: [], keys: 2, authorities: 1, trustDomains: ['partner.example.org'] });
});

test.each([
  ['PEM', '-----BEGIN CERTIFICATE-----', 'it is PEM, not a SPIFFE bundle'],
  ['no JSON', 'keys', 'it is no JSON'],
  ['no keys', '{}', 'it has no keys'],
  ['keys that are null', '{"keys": null}', 'it has no keys'],
  ['a sequence in quotes', '{"keys": [], "spiffe_sequence": "1"}', 'spiffe_sequence is "1", not a whole number'],
  ['a hint below zero', '{"keys": [], "spiffe_refresh_hint": -1}', 'spiffe_refresh_hint is -1, not a whole number'],
  ['no certificate', bundle({ use, ...KEY }), 'keys[0] is for x509-svid and has 0 certificates in x5c, not one'],
  ['two certificates', bundle({ ...AUTHORITY, x5c: [...x5c, ...LEAF.x5c] }), 'keys[0] is for x509-svid and has 2 certificates in x5c, not one'],
  ['a certificate as PEM', bundle({ ...AUTHORITY, x5c: [`-----BEGIN CERTIFICATE-----\n${x5c[0]}`] }), 'keys[0] has an x5c that is no certificate'],
  ['a piece of a certificate', bundle({ ...AUTHORITY, x5c: [x5c[0].slice(0, 80)] }), 'keys[0] has an x5c that is no certificate'],
  ['another certificate', bundle({ ...AUTHORITY, x5c: LEAF.x5c }), 'keys[0] has another key than the certificate in x5c'],
  ['a certificate of no CA', bundle(LEAF), 'keys[0] has a certificate of no CA in x5c'],
  ['no kid', bundle(AUTHORITY, { ...JWT, kid: undefined }), 'keys[1] is for jwt-svid and has no kid'],
  ['a kid that is a number', bundle({ ...JWT, kid: 5 }), 'keys[0] has kid 5: text is wanted'],
  ['no type', bundle({ ...JWT, kty: undefined }), 'keys[0] has no kty'],
  ['another type', bundle({ ...JWT, kty: 'ec' }), 'keys[0] is of type ec: EC, RSA, OKP, oct are known'],
  ['the other type', bundle({ ...JWT, kty: 'RSA' }), 'keys[0] is no key of type RSA'],
  ['another curve', bundle({ ...JWT, crv: 'P-384' }), 'keys[0] is no key of type EC on one of P-256, P-384, P-521'],
  ['a point that is on no curve', bundle({ ...JWT, x: JWT.y }), 'keys[0] is no key of type EC'],
  ['a padded number', bundle({ ...JWT, x: `${JWT.x}=` }), 'keys[0] is no key of type EC'],
])('fails %s', (_, text, problem) => {
  expect(problems(text)).toEqual([expect.stringContaining(problem)]);
});

test('fails a use that SPIFFE does not have, where SPIRE reads it', () => {
  expect(problems(bundle({ ...JWT, use: 'sig' }))).toEqual([]);
  expect(problems(bundle({ ...JWT, use: 'sig' }), true)).toEqual(['keys[0] has use "sig", not x509-svid or jwt-svid']);
  expect(problems(bundle({ ...JWT, use: undefined }), true)).toEqual(['keys[0] has no use: x509-svid or jwt-svid']);
});

test('bundles are told from the keys of others', () => {
  expect(isBundleDocument(bundle(AUTHORITY))).toBe(true);
  expect(isBundleDocument(JSON.stringify({ keys: [{ use: 'sig', ...KEY }] }))).toBe(false);
  expect(isBundleDocument('-----BEGIN CERTIFICATE-----')).toBe(false);
});
