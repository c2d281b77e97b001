import { fixture, rulesIn } from '../cases';
import { MANAGER } from '../fixtures/pods';
import { WEBHOOK } from '../fixtures/webhook';

describe('no finding', () => {
  const spire = fixture('spire.yaml');

  test('for a webhook that leads to the controller manager', () => {
    expect(rulesIn(`${spire}---\n${WEBHOOK}`)).toEqual([]);
    expect(rulesIn(`${spire}---\n${WEBHOOK.replace('targetPort: 9443', 'targetPort: webhook')}`.replace('ports: [{name: metrics', 'ports: [{name: webhook, containerPort: 9443}, {name: metrics'))).toEqual([]);
  });

  test('for webhooks of others', () => {
    expect(rulesIn(`${spire}---\n${WEBHOOK.replace('[spire.spiffe.io]', '[apps]').replace(/, path: [^}]*/, '').replace('targetPort: 9443', 'targetPort: 8443')}`)).toEqual([]);
  });

  test('for objects of another cluster\'s controller manager', () => {
    const child = spire.replace(/(kind: ClusterSPIFFEID[^]*?className: )spire/, '$1root').replace('spire-server.spire-server.svc', 'spire.root.example.com').replace(/ClusterStaticEntry/, 'X');
    expect(rulesIn(child)).not.toContain('SPIRE-CLASS-NAME');
    expect(rulesIn(child.replace('spire.root.example.com', 'spire-server.spire-server.svc'))).toContain('SPIRE-CLASS-NAME');
  });

  test('for the rights of a controller manager that reads files', () => {
    const mounted = spire.replace(/- \{name: sockets, mountPath: \/run\/spire\/sockets\}\n      volumes:/, MANAGER);
    const statically = mounted.replace('entryIDPrefix: demo', 'entryIDPrefix: demo\n    staticManifestPath: /manifests').replace(/- \{apiGroups: \[spire.spiffe.io\].*\n/, '');
    expect(rulesIn(statically)).not.toContain('SPIRE-RBAC');
    expect(rulesIn(statically.replace('staticManifestPath: /manifests', 'logLevel: info'))).toContain('SPIRE-RBAC');
  });

  test('for an old spiffe-helper, which had other keys', () => {
    const helper = (version: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: helper, namespace: apps}
data: {helper.conf: 'agentAddress = "/run/x.sock"'}
---
apiVersion: v1
kind: Pod
metadata: {name: app, namespace: apps}
spec: {containers: [{name: helper, image: "ghcr.io/spiffe/spiffe-helper:${version}", args: [-config, /etc/helper.conf], volumeMounts: [{name: c, mountPath: /etc}]}], volumes: [{name: c, configMap: {name: helper}}]}`;
    expect(rulesIn(helper('0.8.0'))).not.toContain('SPIRE-HELPER');
    expect(rulesIn(helper('0.11.0'))).toContain('SPIRE-HELPER');
  });

  test('for settings that are given as arguments', () => {
    const bare = spire.replace('trust_domain = "example.org"\n      server_address', 'server_address');
    expect(rulesIn(bare)).toContain('SPIRE-REQUIRED-KEY');
    expect(rulesIn(bare.replace('config/agent.conf]', 'config/agent.conf, -trustDomain, example.org]'))).toEqual([]);
  });

  test('for a workload that looks for the socket where it is', () => {
    const named = spire.replace('volumeMounts: [{name: spiffe', 'env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///spiffe-workload-api/socket"}]\n        volumeMounts: [{name: spiffe');
    expect(named).not.toBe(spire);
    expect(rulesIn(named)).toEqual([]);
  });

  test('of the second kind for a configuration that cannot be read', () => {
    expect(rulesIn(spire.replace('bind_port = 8081', 'bind_port = ['))).toEqual(['SPIRE-SYNTAX']);
    expect(rulesIn(spire.replace('KeyManager "disk"', 'BundlePublisher "k8s_configmap" {}\n      KeyManager "disk"'))).toEqual(['SPIRE-PLUGINS']);
  });
});
