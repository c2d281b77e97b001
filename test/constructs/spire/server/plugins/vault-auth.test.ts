import { Duration } from 'cdk8s';
import { DataStore, KeyManager, SecretRef, Spire, UpstreamAuthority, VaultAuth } from '../../../../../src';
import { synthPlatform } from '../../../../support/synth';

const vault = (auth: VaultAuth) => ({ address: 'https://vault.example.org', auth });

test('two plugins have proofs of their own, and never the variables that SPIRE prefers to its configuration', () => {
  const pod = synthPlatform((platform) => new Spire(platform, 'spire', {
    server: {
      dataStore: DataStore.sqlite(),
      keyManager: KeyManager.hashicorpVault(vault(VaultAuth.appRole(SecretRef.of('a')))),
      upstreamAuthority: UpstreamAuthority.vault(vault(VaultAuth.token(SecretRef.of('b')))),
    },
  })).object('StatefulSet', 'spire-server').spec.template.spec;
  expect(pod.containers[0].env.map((variable: any) => variable.name)).toEqual([
    'SPIRE_KEY_MANAGER_VAULT_APPROLE_ID', 'SPIRE_KEY_MANAGER_VAULT_APPROLE_SECRET_ID', 'SPIRE_UPSTREAM_VAULT_TOKEN',
  ]);
  expect(pod.containers[0].args).toContain('-expandEnv');
});

test('a service account proves itself by a projected token, without any Secret', () => {
  const pod = synthPlatform((platform) => new Spire(platform, 'spire', {
    server: { upstreamAuthority: UpstreamAuthority.vault(vault(VaultAuth.kubernetes({ role: 'spire', audience: 'vault.example.org' }))) },
  })).object('StatefulSet', 'spire-server').spec.template.spec;
  expect(pod.volumes).toContainEqual({
    name: 'upstream-vault-token',
    projected: { sources: [{ serviceAccountToken: { audience: 'vault.example.org', expirationSeconds: 3600, path: 'token' } }] },
  });
  expect(pod.containers[0].args).not.toContain('-expandEnv');
});

test('fails for a token that Kubernetes does not give, and without a role', () => {
  expect(() => VaultAuth.kubernetes({ role: 'spire', tokenTtl: Duration.minutes(5) })).toThrow('tokenTtl in seconds 300 is not possible: give a whole number from 600');
  expect(() => VaultAuth.kubernetes({ role: '' })).toThrow('role is empty');
});
