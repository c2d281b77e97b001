import { parse } from 'yaml';
import { Spire } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const spire = (className?: string) => synthPlatform((platform) => new Spire(platform, 'spire', { className }));
const config = (className?: string) => parse(spire(className).object('ConfigMap', 'spire-controller-manager').data['config.yaml']);

/**
 * What the manager reads; it ignores every other key in silence.
 */
const KEYS = [
  'apiVersion', 'kind', 'clusterName', 'trustDomain', 'clusterDomain', 'className', 'entryIDPrefix', 'ignoreNamespaces', 'spireServerSocketPath',
  'validatingWebhookConfigurationName', 'metrics', 'health', 'leaderElection',
];

test('the manager is told everything that it would guess wrong', () => {
  expect(config()).toEqual({
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ControllerManagerConfig',
    clusterName: 'prod',
    trustDomain: 'example.org',
    clusterDomain: 'cluster.local',
    className: 'spire',
    entryIDPrefix: 'prod',
    ignoreNamespaces: ['^kube-system$', '^kube-public$', '^kube-node-lease$', '^spire-server$', '^spire-system$'],
    spireServerSocketPath: '/run/spire/server/private/api.sock',
    validatingWebhookConfigurationName: 'spire-controller-manager-webhook',
    metrics: { bindAddress: '0.0.0.0:8082' },
    health: { healthProbeBindAddress: '0.0.0.0:8083' },
  });
  expect(KEYS).toEqual(expect.arrayContaining(Object.keys(config())));
});

test('the manager reads the socket that the server listens on', () => {
  const conf = spire().object('ConfigMap', 'spire-server').data['server.conf'];
  expect(conf).toContain(`socket_path = "${config().spireServerSocketPath}"`);
  const pod = spire().object('StatefulSet', 'spire-server').spec.template.spec;
  const mounts = pod.containers.map((container: any) => container.volumeMounts.find((mount: any) => mount.name === 'server-socket').mountPath);
  expect(mounts).toEqual(['/run/spire/server/private', '/run/spire/server/private']);
});

test('the webhook calls the port on which the manager always listens', () => {
  const service = spire().object('Service', 'spire-controller-manager-webhook');
  expect(service.spec.ports).toEqual([{ name: 'https', port: 443, targetPort: 9443, protocol: 'TCP' }]);
  const webhook = spire().object('ValidatingWebhookConfiguration', 'spire-controller-manager-webhook');
  expect(webhook.webhooks.map((hook: any) => [hook.clientConfig.service.name, hook.clientConfig.caBundle, hook.failurePolicy])).toEqual([
    ['spire-controller-manager-webhook', undefined, 'Fail'],
    ['spire-controller-manager-webhook', undefined, 'Fail'],
  ]);
});

test('the manager may change its own webhook only', () => {
  const rules = spire().object('ClusterRole', 'spire-controller-manager').rules;
  expect(rules.filter((rule: any) => rule.verbs.includes('patch'))).toEqual([{
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingwebhookconfigurations'],
    resourceNames: ['spire-controller-manager-webhook'],
    verbs: ['get', 'patch'],
  }]);
});

test('fails for a class that is no name', () => {
  expect(() => spire('My Class')).toThrow("className 'My Class' is no name: use up to 63 of a-z, 0-9 and '-', not at the ends");
});
