import { check, fixture } from './cases';
import { SPIRE_RULES } from '../../src/checks/rules/spire';

const RULES = SPIRE_RULES.filter(rule => rule.id.startsWith('SPIRE-SOCKET-NAME'));
const AGENT = (name: string): string => `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {agent.conf: 'agent { trust_domain = "example.org" socket_path = "/a/${name}" }'}\n`;
const MESH = fixture('mesh.yaml').replace('{WORKLOAD_IDENTITY_SOCKET_FILE: spire-agent.sock}', '{}');
const NAMED = 'annotations: {proxy.istio.io/config: \'{"proxyMetadata": {"WORKLOAD_IDENTITY_SOCKET_FILE": "api.sock"}}\', ';

test('a proxy that does not ask for SPIRE may be in a namespace with others that name the socket themselves', () => {
  const pods = MESH.replace('annotations: {', NAMED).replace('annotations: {inject.istio.io/templates: "sidecar,spire"}', 'annotations: {}');
  expect(check(pods + AGENT('api.sock'), RULES)).toEqual([]);
});

test('proxies of a mesh without SPIRE\'s template are not asked about its socket', () => {
  const pods = MESH.replaceAll('annotations: {inject.istio.io/templates: "sidecar,spire"}', 'annotations: {}');
  expect(check(pods + AGENT('api.sock'), RULES).map(finding => finding.level)).toEqual(['info']);
});

test('fails a pod that asks for SPIRE and does not name the socket as its neighbours do', () => {
  const findings = check(MESH.replace('annotations: {', NAMED) + AGENT('api.sock'), RULES);
  expect(findings.map(({ rule, object, message }) => [rule, object?.name, message])).toEqual([
    ['SPIRE-SOCKET-NAME', 'api', 'its proxy looks for "socket", the agents make "api.sock"'],
  ]);
});

describe('agents of the operator of OpenShift', () => {
  const OPERATED = '---\napiVersion: operator.openshift.io/v1alpha1\nkind: SpireAgent\nmetadata: {name: cluster}\nspec: {}\n';
  const APP = (socket: string): string => `---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: b}
spec:
  containers: [{name: a, image: "a:1", env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///s/${socket}"}], volumeMounts: [{name: s, mountPath: /s}]}]
  volumes: [{name: s, csi: {driver: csi.spiffe.io, readOnly: true}}]
`;

  test('fails for a mesh that looks for another name', () => {
    expect(check(MESH + OPERATED, RULES).map(({ rule, message, fix }) => [rule, message, fix])).toEqual([
      ['SPIRE-SOCKET-NAME', 'the agent makes "spire-agent.sock", proxies look for "socket"', 'set WORKLOAD_IDENTITY_SOCKET_FILE to spire-agent.sock'],
    ]);
    expect(check(fixture('mesh.yaml') + OPERATED, RULES)).toEqual([]);
  });

  test('fails for an application that does', () => {
    const clients = SPIRE_RULES.filter(({ id }) => id === 'SPIRE-SOCKET-CLIENT');
    expect(check(OPERATED + APP('socket'), clients).map(({ message }) => message)).toEqual([expect.stringContaining('"spire-agent.sock"')]);
    expect(check(OPERATED + APP('spire-agent.sock'), clients)).toEqual([]);
  });
});
