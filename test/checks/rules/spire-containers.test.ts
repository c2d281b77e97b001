import { changed, findingsOf, fixture, found } from '../cases';

const spire = fixture('spire.yaml');

const OIDC = (args: string, probe: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: oidc, namespace: spire-server}
spec:
  selector: {matchLabels: {app: oidc}}
  template:
    metadata: {labels: {app: oidc}}
    spec:
      containers:
      - name: oidc
        image: ghcr.io/spiffe/oidc-discovery-provider:1.15.3
        args: [${args}]
        readinessProbe: {httpGet: {${probe}}}
        volumeMounts: [{name: c, mountPath: /c}]
      volumes: [{name: c, configMap: {name: oidc}}]
`;
const HEALTHY = changed(spire, ['insecure_addr = ":8080"', 'insecure_addr = ":8080"\n    health_checks { bind_port = "8009" }']);

describe('the OIDC discovery provider', () => {
  test.each([
    ['another port', HEALTHY, 'path: /ready, port: 8008', 'the probe asks port 8008, health_checks listens on 8009'],
    ['another path', HEALTHY, 'path: /readyz, port: 8009', 'the probe asks /readyz, health_checks answers /live and /ready'],
    ['a port that is not there', spire, 'path: /ready, port: 8008', 'the probe asks port 8008, and there is no health_checks'],
  ])('fails with a probe of %s', (_, text, probe, message) => {
    expect(found('SPIRE-PROBE', text + OIDC('-config, /c/oidc.conf', probe))).toEqual([message]);
  });

  test.each([
    ['its health checks', HEALTHY, 'path: /ready, port: 8009'],
    ['the standard port', changed(spire, ['insecure_addr = ":8080"', 'insecure_addr = ":8080"\n    health_checks {}']), 'path: /live, port: 8008'],
    ['its keys', spire, 'path: /keys, port: 8080'],
    ['a port by a name that is not seen', spire, 'path: /keys, port: http'],
  ])('is right with a probe of %s', (_, text, probe) => {
    expect(found('SPIRE-PROBE', text + OIDC('-config, /c/oidc.conf', probe))).toEqual([]);
  });

  test('is right with a probe of the keys as of old', () => {
    const deployment = OIDC('-config, /c/oidc.conf', 'path: /keys, port: 8009');
    expect(found('SPIRE-PROBE', HEALTHY + deployment)).toHaveLength(1);
    expect(found('SPIRE-PROBE', HEALTHY + deployment.replace('1.15.3', '1.5.1'))).toEqual([]);
  });

  test.each([
    ['run, -config, /c/oidc.conf', ['what follows "run" is not read as flags']],
    ['-config, /c/oidc.conf, -logLevel, debug', ['oidc-discovery-provider has no flag -logLevel']],
    ['-config=/c/oidc.conf, -expandEnv', []],
  ])('has the arguments %s', (args, messages) => {
    expect(found('SPIRE-ARGS', spire + OIDC(args, 'path: /keys, port: 8080'))).toEqual(messages);
  });
});

describe('the controller manager', () => {
  const IMAGE = 'image: ghcr.io/spiffe/spire-controller-manager:0.6.6';
  const MOUNT: [RegExp, string] = [/(?<=controller-manager:0\.6\.6[^]*?)- \{name: sockets, mountPath: \/run\/spire\/sockets\}\n      volumes:/,
    '- {name: sockets, mountPath: /run/spire/sockets}\n        - {name: manager, mountPath: /etc/manager}\n      volumes:\n      - {name: manager, configMap: {name: spire-controller-manager}}'];
  const run = (args: string, env: string, name = '${CLUSTER}'): string => changed(spire, [IMAGE, `${IMAGE}\n        args: [${args}]\n        env: [${env}]`], MOUNT, ['clusterName: demo', `clusterName: ${name}`]);
  const CONFIG = '--config=/etc/manager/config.yaml';
  const CLUSTER = '{name: CLUSTER, value: demo}';

  test.each([
    ['nobody expands', run(CONFIG, CLUSTER), '${CLUSTER} stays as it is: container controller-manager runs without -expand-env'],
    ['nobody sets', run(`${CONFIG}, -expand-env`, ''), '${CLUSTER} becomes nothing: container controller-manager has no variable CLUSTER'],
  ])('fails with a variable that %s', (_, text, message) => {
    expect(found('SPIRE-EXPAND-ENV', text)).toEqual([message]);
  });

  test('may take its names from variables', () => {
    expect(found(/SPIRE-EXPAND-ENV|SPIRE-CLUSTER-NAME|SPIRE-TRUST-DOMAINS-DIFFER/, run(`${CONFIG}, --expand-env=true`, CLUSTER).replace(/(kind: Controller[^]*?)trustDomain: example.org/, '$1trustDomain: ${CLUSTER}'))).toEqual([]);
    expect(found('SPIRE-CLUSTER-NAME', run(CONFIG, '', 'prod'))).toHaveLength(1);
  });

  test.each([
    ['/etc/manager/manager.yaml', ['the ConfigMap that is mounted there has no manager.yaml']],
    ['/etc/manager/config.yaml', []],
    ['/etc/manager/deeper/manager.yaml', []],
  ])('is given the configuration %s', (path, messages) => {
    expect(found('SPIRE-CONFIG-PATH', run(`--config=${path}`, '', 'other'))).toEqual(messages);
  });

  test('fails with a kind that is not its own', () => {
    expect(found('SPIRE-MANAGER-VALUE', changed(spire, ['kind: ControllerManagerConfig', 'kind: ControllerManager\n    metadata: {name: manager}'])))
      .toEqual(['kind "ControllerManager" is not registered: write ControllerManagerConfig']);
  });

  test('fails without the folder of the socket', () => {
    expect(found('SPIRE-MANAGER-SOCKET', changed(spire, [/(?<=controller-manager:0\.6\.6[^]*?)- \{name: sockets, mountPath: \/run\/spire\/sockets\}/, '- {name: other, mountPath: /run/spire/sockets}'])))
      .toEqual(['the containers of manager and server do not share the folder of /run/spire/sockets/api.sock']);
  });
});

describe('a token for the API server', () => {
  const OFF = (account: string): string => `---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${account}, namespace: ${account === 'spire-agent' ? 'spire-system' : 'spire-server'}}\nautomountServiceAccountToken: false\n`;

  const NO_PSAT: [string, string][] = [['NodeAttestor "k8s_psat" { plugin_data {\n        clusters', 'NodeAttestor "other" { plugin_data {\n        clusters']];

  test('is missed by a controller manager alone', () => {
    expect(found('SPIRE-NO-API-TOKEN', changed(spire, ...NO_PSAT) + OFF('spire-server'))).toEqual(['automountServiceAccountToken is false in ServiceAccount spire-server, and controller manager needs the token']);
  });

  test('is missed where it is not mounted', () => {
    expect(found('SPIRE-NO-API-TOKEN', spire + OFF('spire-server'))).toEqual(['automountServiceAccountToken is false in ServiceAccount spire-server, and k8s_psat needs the token']);
    expect(found('SPIRE-NO-API-TOKEN', spire + OFF('spire-agent'))).toEqual(['automountServiceAccountToken is false in ServiceAccount spire-agent, and WorkloadAttestor "k8s" needs the token']);
  });

  test.each([
    ['the pod asks for it', changed(spire, ['serviceAccountName: spire-server', 'automountServiceAccountToken: true\n      serviceAccountName: spire-server']) + OFF('spire-server')],
    ['it is mounted by hand', changed(spire, ['{name: config, mountPath: /run/spire/config}\n        - {name: data', '{name: config, mountPath: /run/spire/config}\n        - {name: api, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}\n        - {name: data']) + OFF('spire-server')],
    ['the agent shows another one', changed(spire, ['node_name_env = "MY_NODE_NAME"', 'node_name_env = "MY_NODE_NAME"\n        token_path = "/run/spire/token/kubelet"']) + OFF('spire-agent')],
    ['nothing calls the API server', spire + OFF('oidc')],
    ['only the manager needs it, and has it', changed(spire, ...NO_PSAT, [/(?<=controller-manager:0\.6\.6[^]*?)- \{name: sockets/,
      '- {name: api, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}\n        - {name: sockets']) + OFF('spire-server')],
    ['the manager has a kubeconfig', changed(spire, ...NO_PSAT, ['image: ghcr.io/spiffe/spire-controller-manager:0.6.6', 'image: ghcr.io/spiffe/spire-controller-manager:0.6.6\n        env: [{name: KUBECONFIG, value: /a}]']) + OFF('spire-server')],
    ['the bundle is for other clusters', changed(spire, ...NO_PSAT, [/ghcr\.io\/spiffe\/spire-controller-manager:0\.6\.6/, 'registry.example.org/manager:1'],
      ['    plugins {\n', '    plugins {\n      Notifier "k8sbundle" { plugin_data { clusters = [{ kube_config_file_path = "/a" }] } }\n']) + OFF('spire-server')],
  ])('is not missed where %s', (_, text) => {
    expect(found('SPIRE-NO-API-TOKEN', text)).toEqual([]);
  });
});

test.each([
  ['of the container', 'securityContext: {runAsNonRoot: true}', 1],
  ['of the container, as root', 'securityContext: {runAsNonRoot: true, runAsUser: 0}', 1],
  ['with a user', 'securityContext: {runAsNonRoot: true, runAsUser: 1000}', 0],
  ['that may be root', 'securityContext: {runAsNonRoot: false}', 0],
])('the agent has a security context %s', (_, context, count) => {
  expect(found('SPIRE-AGENT-USER', changed(spire, [/(?<=spire-agent:1\.15\.3[^]*?)securityContext: \{\}/, context]))).toHaveLength(count);
});

describe('what is written', () => {
  test.each([
    ['the socket of the agent', '{name: sockets, mountPath: /run/spire/agent-sockets}\n', '{name: sockets, mountPath: /run/spire/agent-sockets, readOnly: true}\n', 'socket_path is /run/spire/agent-sockets/socket, and /run/spire/agent-sockets is mounted read-only'],
    ['the keys of the server', '"/run/spire/data/keys.json"', '"/run/spire/config/keys.json"', 'keys_path is /run/spire/config/keys.json, and /run/spire/config is mounted read-only'],
  ])('fails to be %s on a mount that is read-only', (_, from, to, message) => {
    expect(found('SPIRE-READ-ONLY', changed(spire, [from, to]))).toEqual([message]);
  });

  test('may be anywhere else', () => {
    expect(found('SPIRE-READ-ONLY', changed(spire, ['{name: config, mountPath: /run/spire/config}', '{name: config, mountPath: /run/spire/config, readOnly: true}']))).toEqual([]);
  });
});

test('what a plugin says of a block in its configuration is told at that line', () => {
  const text = changed(spire, ['format = "pem"', 'format = "der"\n          refresh_hint = "10s"']);
  const lines = findingsOf(/^SPIRE-(PLUGIN-DATA|NOTES)$/, text).map(({ line }) => text.split('\n')[line - 1].trim());
  expect(lines).toEqual(['format = "der"', 'refresh_hint = "10s"']);
});

test('what is wrong in a script is told at the script', () => {
  const text = `${spire}---
apiVersion: batch/v1
kind: Job
metadata: {name: a, namespace: spire-server}
spec:
  template:
    spec:
      containers:
      - name: a
        image: postgres:17
        command:
        - sh
        - -c
        - kubectl exec spire-server-0 -- tar c /run/spire/data/keys.json > /backup/spire.tar; spire-server entry list; pg_dump spire
`;
  const findings = findingsOf(/^OPS-(SCRATCH-IMAGE|MISSING-TOOL|KEYS-BACKUP|DB-PLAINTEXT|SPIRE-COMMAND)$/, text);
  expect(findings.map(({ rule }) => rule)).toEqual(['OPS-DB-PLAINTEXT', 'OPS-KEYS-BACKUP', 'OPS-MISSING-TOOL', 'OPS-SCRATCH-IMAGE', 'OPS-SPIRE-COMMAND']);
  expect(new Set(findings.map(({ line }) => text.split('\n')[line - 1].trim().slice(0, 9)))).toEqual(new Set(['- kubectl']));
});

describe('a script that waits for the socket', () => {
  const waiting = (script: string): string => changed(spire, ['volumeMounts: [{name: spiffe, mountPath: /spiffe-workload-api}]', `command: [sh, -c, '${script}']\n        volumeMounts: [{name: spiffe, mountPath: /spiffe-workload-api}]`]);

  test('fails with the name of another', () => {
    expect(found('SPIRE-SOCKET-CLIENT', waiting('until [ -S /spiffe-workload-api/agent.sock ]; do sleep 1; done'))).toEqual(['the command names /spiffe-workload-api/agent.sock: the agents make "socket"']);
  });

  test.each(['until test -S "/spiffe-workload-api/socket"; do sleep 1; done', 'test -S /var/run/docker.sock', 'ls /spiffe-workload-api/agent.socks'])('is right as %s', script => {
    expect(found('SPIRE-SOCKET-CLIENT', waiting(script))).toEqual([]);
  });

  test.each(['ls /spiffe-workload-api', 'curl --unix-socket /run/spire/other.sock'])('is right as %s', script => {
    expect(found('SPIRE-SOCKET-CLIENT', waiting(script))).toEqual([]);
  });
});

describe('a program that is told the socket', () => {
  const MOUNTS = 'volumeMounts: [{name: spiffe, mountPath: /spiffe-workload-api}]';
  const ENV = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: env, namespace: shop}\ndata: {SPIFFE_ENDPOINT_SOCKET: "unix:///spiffe-workload-api/agent.sock"}\n';

  test.each([
    ['in an argument', `args: ["--workload-api=unix:///spiffe-workload-api/agent"]\n        ${MOUNTS}`, '', 'the command names /spiffe-workload-api/agent: the agents make "socket"'],
    ['by -socketPath', `command: [spire-agent, api, fetch, -socketPath, /spiffe-workload-api/agent]\n        ${MOUNTS}`, '', 'the command names /spiffe-workload-api/agent: the agents make "socket"'],
    ['in a variable of its own', `env: [{name: WORKLOAD_API, value: "unix:/spiffe-workload-api/agent.sock"}]\n        ${MOUNTS}`, '', 'the variable names /spiffe-workload-api/agent.sock: the agents make "socket"'],
    ['in a ConfigMap', `envFrom: [{configMapRef: {name: env}}]\n        ${MOUNTS}`, ENV, 'SPIFFE_ENDPOINT_SOCKET is /spiffe-workload-api/agent.sock: the agents make "socket"'],
  ])('fails with another %s', (_, to, more, message) => {
    expect(found('SPIRE-SOCKET-CLIENT', changed(spire, [MOUNTS, to]) + more)).toEqual([message]);
  });

  test.each([
    ['in an argument', `args: ["--workload-api=unix:///spiffe-workload-api/socket"]\n        ${MOUNTS}`, ''],
    ['in a ConfigMap', `envFrom: [{configMapRef: {name: env}}]\n        ${MOUNTS}`, ENV.replace('agent.sock', 'socket')],
    ['in a ConfigMap that it gives another name', `envFrom: [{prefix: OLD_, configMapRef: {name: env}}]\n        ${MOUNTS}`, ENV],
    ['of another program', `env: [{name: DOCKER_HOST, value: "unix:///var/run/docker.sock"}]\n        ${MOUNTS}`, ''],
  ])('is right with it %s', (_, to, more) => {
    expect(found('SPIRE-SOCKET-CLIENT', changed(spire, [MOUNTS, to]) + more)).toEqual([]);
  });
});

test('an agent of a machine says nothing of the sockets of nodes', () => {
  const client = changed(spire, ['volumeMounts: [{name: spiffe', 'env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///spiffe-workload-api/api.sock"}]\n        volumeMounts: [{name: spiffe']);
  expect(found('SPIRE-SOCKET-CLIENT', client)).toHaveLength(1);
  const deployment = client.slice(client.lastIndexOf('---\n'));
  expect(found('SPIRE-SOCKET-CLIENT', {
    'vm/agent.conf': 'agent { trust_domain = "example.org" }\nplugins { WorkloadAttestor "unix" {} }\n',
    'web.yaml': deployment.replace('api.sock', 'spire-agent.sock'),
  })).toEqual([]);
});

test.each([
  ['component', 'Deployment web has no label component: the template gives "<no value>"'],
  ['app', 'the label app is not required by podSelector; without it the template gives "<no value>"'],
])('a template with the label %s of a pod fails', (label, message) => {
  expect(found('SPIRE-ID-LABEL', changed(spire, ['{{ .PodSpec.ServiceAccountName }}.example.org', `{{ .PodMeta.Labels.${label} }}.example.org`]))).toEqual([message]);
});
