import { defineNamespace } from '../../src/constructs/namespace';
import { PodSecurityLevel, restrictedPodSecurity } from '../../src/constructs/pod-security';
import { strictErrors } from '../support/strict-schema';
import { synthPlatform } from '../support/synth';

const output = synthPlatform((platform) => {
  defineNamespace(platform, { name: 'shop', podSecurity: PodSecurityLevel.RESTRICTED, labels: { team: 'x' } });
  defineNamespace(platform, { name: 'nodes', podSecurity: PodSecurityLevel.PRIVILEGED });
});

test('namespaces come before what is in them, in one file', () => {
  expect(Object.keys(output.objects)).toEqual(['prod/10-namespaces/namespaces.k8s.yaml']);
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('a level is enforced, audited and warned about', () => {
  expect(output.object('Namespace', 'shop').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
    'team': 'x',
  });
  expect(output.object('Namespace', 'nodes').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
});

test('a restricted pod is not root', () => {
  expect(restrictedPodSecurity(1000)).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 });
});
