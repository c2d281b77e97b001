import { Testing } from 'cdk8s';
import { labels, selectorLabels } from '../../src/constructs/labels';
import { podSecurityLabels, PodSecurityLevel, restrictedPodSecurity } from '../../src/constructs/pod-security';
import { defineServiceAccount, grantInCluster, grantInNamespace } from '../../src/constructs/rbac';

const GRANT = {
  name: 'reader',
  serviceAccount: 'web',
  serviceAccountNamespace: 'shop',
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
};

test('a grant in the cluster is a role and its binding, of one name', () => {
  const chart = Testing.chart();
  grantInCluster(chart, GRANT);
  const [role, binding] = Testing.synth(chart);
  expect([role.kind, role.metadata.name, role.metadata.namespace]).toEqual(['ClusterRole', 'reader', undefined]);
  expect(binding.roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' });
  expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }]);
});

test('a grant in a namespace may be for a service account of another one', () => {
  const chart = Testing.chart();
  grantInNamespace(chart, 'other', GRANT);
  const [role, binding] = Testing.synth(chart);
  expect([role.kind, role.metadata.namespace, binding.kind, binding.metadata.namespace]).toEqual(['Role', 'other', 'RoleBinding', 'other']);
  expect(binding.subjects[0].namespace).toBe('shop');
});

test('a service account gives its token only to pods that ask', () => {
  const chart = Testing.chart();
  defineServiceAccount(chart, 'web', 'shop');
  expect(Testing.synth(chart)[0].automountServiceAccountToken).toBe(false);
});

test('selectors are the part of the labels that never changes', () => {
  expect(labels('web', 'shop')).toMatchObject(selectorLabels('web'));
  expect(selectorLabels('web')).toEqual({ 'app.kubernetes.io/name': 'web' });
});

test('a level is asked for as error, audit event and warning', () => {
  expect(podSecurityLabels(PodSecurityLevel.BASELINE)).toEqual({
    'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/audit': 'baseline', 'pod-security.kubernetes.io/warn': 'baseline',
  });
  expect(restrictedPodSecurity(1000)).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 });
});
