import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLE } from './bundle';
import { SpiffeBundle } from '../../../../src';

test('a bundle is taken as it is, from text or file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-spiffe-'));
  try {
    writeFileSync(join(folder, 'other.bundle'), BUNDLE);
    expect(SpiffeBundle.file(join(folder, 'other.bundle')).text).toBe(BUNDLE);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(SpiffeBundle.json(BUNDLE).text).toBe(BUNDLE);
});

const without = (change: (bundle: any) => void) => {
  const bundle = JSON.parse(BUNDLE);
  change(bundle);
  return JSON.stringify(bundle);
};

test.each([
  ['PEM', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', "bundle is PEM, which does not say how to verify the endpoint: make it with 'spire-server bundle show -format spiffe'"],
  ['no JSON', 'hello', 'bundle is no JSON'],
  ['broken JSON', BUNDLE.slice(0, 30), 'bundle is no JSON'],
  ['another JSON', '{}', 'bundle has no keys'],
  ['no keys', '{"keys": []}', 'bundle has no keys'],
  ['keys that are none', '{"keys": ["x"]}', 'bundle has no keys'],
  ['JWT keys only', without((bundle) => bundle.keys.shift()), "bundle has no key with use 'x509-svid' and a certificate"],
  ['a private key', without((bundle) => Object.assign(bundle.keys[0], { d: 'secret' })), 'bundle holds a private key: a bundle is public'],
])('fails for %s', (_, text, message) => {
  expect(() => SpiffeBundle.json(text)).toThrow(message);
});

test('fails for a file that is not there', () => {
  expect(() => SpiffeBundle.file('no-such.bundle')).toThrow("bundle file 'no-such.bundle' cannot be read: make it with");
});
