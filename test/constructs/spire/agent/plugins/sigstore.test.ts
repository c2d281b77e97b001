import { SecretRef, Sigstore, SpireVersion, WorkloadAttestor } from '../../../../../src';
import { agentPod, configured } from '../../plugins/pods';

const attest = (sigstore: Sigstore, version = '1.15.3') => configured(WorkloadAttestor.k8s({ sigstore })._plugin(), agentPod(SpireVersion.of(version)));

test('credentials of registries come from Secrets', () => {
  const { lines, pod } = attest({ registryCredentials: { 'registry.example.org': SecretRef.of('registry') } });
  expect(lines).toContain('password = "${REGISTRY_0_PASSWORD}"');
  expect(pod.env).toContainEqual({ name: 'REGISTRY_0_PASSWORD', valueFrom: { secretKeyRef: { name: 'registry', key: 'password' } } });
});

test('fails for plain http, and before 1.15', () => {
  expect(() => attest({ rekorUrl: 'http://rekor' })).toThrow("rekorUrl 'http://rekor' is no https URL");
  expect(() => attest({}, '1.14.7')).toThrow('sigstore needs SPIRE 1.15.0, this is 1.14.7');
});
