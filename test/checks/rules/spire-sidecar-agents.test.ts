import { changed, fixture, found } from '../cases';

const POD = `apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: batch}
data:
  agent.conf: |
    agent {
      trust_domain = "example.org"
      server_address = "spire.example.org"
      server_port = 8081
      data_dir = "/data"
      socket_path = "/api/agent.sock"
      trust_bundle_path = "/conf/root.pem"
    }
    plugins {
      NodeAttestor "x509pop" {
        plugin_data {
          private_key_path = "/conf/tls.key"
          certificate_path = "/conf/tls.crt"
        }
      }
      KeyManager "memory" {}
      WorkloadAttestor "unix" {}
    }
---
apiVersion: batch/v1
kind: Job
metadata: {name: report, namespace: batch}
spec:
  template:
    spec:
      shareProcessNamespace: true
      initContainers:
      - name: identity
        image: ghcr.io/spiffe/spire-agent:1.15.3
        restartPolicy: Always
        args: [-config, /conf/agent.conf]
        volumeMounts:
        - {name: conf, mountPath: /conf}
        - {name: api, mountPath: /api}
      containers:
      - name: report
        image: report:1.0.0
        env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///run/api/agent.sock"}]
        volumeMounts: [{name: api, mountPath: /run/api, readOnly: true}]
      volumes:
      - {name: conf, projected: {sources: [{configMap: {name: agent}}, {secret: {name: node}}]}}
      - {name: api, emptyDir: {}}
`;

test('an agent beside the container that asks it is right', () => {
  expect(found(/^SPIRE-|OPS-ENDLESS-INIT/, POD)).toEqual([]);
});

test.each([
  ['another file', '///run/api/agent.sock', '///run/api/api.sock',
    'SPIFFE_ENDPOINT_SOCKET is /run/api/api.sock: the agent in its pod makes /api/agent.sock'],
  ['a folder that the agent does not have', '        - {name: api, mountPath: /api}\n', '',
    'SPIFFE_ENDPOINT_SOCKET is /run/api/agent.sock: the agent in its pod makes /api/agent.sock, in no folder of the pod'],
  ['nothing mounted', 'mountPath: /run/api, ', 'mountPath: /run/spire, ', 'SPIFFE_ENDPOINT_SOCKET is /run/api/agent.sock: nothing is mounted there'],
])('fails to find the socket of the agent beside it, with %s', (_, from, to, message) => {
  expect(found('SPIRE-SOCKET-CLIENT', changed(POD, [from, to]))).toEqual([message]);
});

test('a socket that a third container may make is right', () => {
  const proxy = '      - name: proxy\n        image: socket-proxy:1.0.0\n        volumeMounts: [{name: other, mountPath: /run/other}]\n      volumes:\n      - {name: other, emptyDir: {}}\n';
  const text = changed(POD, ['      volumes:\n', proxy], ['volumeMounts: [{name: api, mountPath: /run/api', 'volumeMounts: [{name: other, mountPath: /run/api']);
  expect(found('SPIRE-SOCKET-CLIENT', text)).toEqual([]);
});

test('fails where the agent does not see the processes beside it', () => {
  const text = changed(POD, ['      shareProcessNamespace: true\n', '']);
  expect(found('SPIRE-AGENT-HOST-PID', text)).toEqual(['the agent knows the callers in its pod by their processes, and does not see them']);
});

test('fails with a DaemonSet that knows callers by their processes, and does not see those of the node', () => {
  const text = changed(fixture('spire.yaml'), ['WorkloadAttestor "k8s"', 'WorkloadAttestor "unix"'], ['hostPID: true', 'hostPID: false']);
  expect(found('SPIRE-AGENT-HOST-PID', text)).toEqual(['the agent knows callers by their processes, and runs without hostPID']);
});

describe('an init container', () => {
  const text = changed(POD, ['        restartPolicy: Always\n', '']);

  test('fails where it is an agent', () => {
    expect(found('OPS-ENDLESS-INIT', text)).toEqual(['init container identity runs until it is stopped']);
    expect(found(/^SPIRE-(CONFIG-PATH|READ-ONLY)/, text)).toEqual([]);
  });

  test('may run a command of the agent that ends', () => {
    expect(found('OPS-ENDLESS-INIT', changed(text, ['args: [-config', 'command: [/opt/spire/bin/spire-agent, validate, -config']))).toEqual([]);
  });

  const helper = (mode: string): string => 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: helper, namespace: db}\ndata:\n  helper.conf: |\n    cert_dir = "/certs"\n    svid_file_name = "a"\n'
    + `    svid_key_file_name = "b"\n    svid_bundle_file_name = "c"\n${mode}---\napiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: db}\nspec:\n`
    + '  initContainers: [{name: helper, image: "ghcr.io/spiffe/spiffe-helper:0.11.0", args: [-config, /conf/helper.conf], volumeMounts: [{name: conf, mountPath: /conf}]}]\n'
    + '  containers: [{name: db, image: "db:1"}]\n  volumes: [{name: conf, configMap: {name: helper}}]\n';

  test('fails where it is a spiffe-helper that goes on', () => {
    expect(found('OPS-ENDLESS-INIT', helper(''))).toEqual(['init container helper runs until it is stopped']);
    expect(found('OPS-ENDLESS-INIT', helper('    daemon_mode = false\n'))).toEqual([]);
  });
});

describe('a folder of the node', () => {
  const text = (path: string): string => `${fixture('spire.yaml')}---\napiVersion: v1\nkind: Pod\nmetadata: {name: shop, namespace: shop}\nspec:\n  containers:\n`
    + '  - {name: shop, image: "shop:1", env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///spire/socket"}], volumeMounts: [{name: api, mountPath: /spire}]}\n'
    + `  volumes: [{name: api, hostPath: {path: ${path}}}]\n`;

  test('fails where no agent makes its socket', () => {
    expect(found('SPIRE-SOCKET-CLIENT', text('/run/spire'))).toEqual([expect.stringMatching(/it is \/run\/spire\/socket of the node, where the agents make /)]);
    expect(found('SPIRE-SOCKET-CLIENT', text('/run/spire/agent-sockets'))).toEqual([]);
  });
});

describe('a nested server', () => {
  const [MOUNT, VOLUME] = ['        - {name: data, mountPath: /run/spire/data}\n', '      - {name: config, configMap: {name: spire-server}}\n'];
  const text = (path: string): string => changed(fixture('spire.yaml'),
    ['KeyManager "disk"', `UpstreamAuthority "spire" {\n      plugin_data {\n        server_address = "root"\n        server_port = 8081\n        workload_api_socket = "${path}"\n      }\n    }\n    KeyManager "disk"`],
    [MOUNT, `        - {name: upstream, mountPath: /upstream}\n${MOUNT}`], [VOLUME, `      - {name: upstream, csi: {driver: upstream.csi.spiffe.io, readOnly: true}}\n${VOLUME}`]);

  test('fails to find the Workload API where nothing is mounted', () => {
    expect(found('SPIRE-SOCKET-CLIENT', text('/upstream/agent.sock'))).toEqual([]);
    expect(found('SPIRE-SOCKET-CLIENT', text('/run/upstream/agent.sock'))).toEqual(['workload_api_socket is /run/upstream/agent.sock: nothing is mounted there']);
  });
});
