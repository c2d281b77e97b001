import { changed, findingsOf, fixture, found } from '../cases';
import { nested } from '../fixtures/nested-server';
import { WEBHOOK } from '../fixtures/webhook';

const spire = fixture('spire.yaml');

const ARGS = 'args: [-config, /run/spire/config/server.conf]';
const EXPANDED = 'args: [-expandEnv, -config, /run/spire/config/server.conf]\n        env: [{name: PW, valueFrom: {secretKeyRef: {name: db, key: password}}}]';
const DSN = (dsn: string): [string | RegExp, string] => [/"sqlite3"\n.*\n/, `"postgres"\n        connection_string = "${dsn}"\n`];

describe('a database', () => {
  test.each([
    ['the password out of the environment', 'host=db user=spire password=${PW} sslmode=require', 'sslmode is require'],
    ['an address as URL', 'postgres://spire:${PW}@db/spire?sslmode=disable', 'sslmode is disable'],
    ['no mode', 'host=db user=spire password=${PW}', 'sslmode is require'],
  ])('fails without TLS that is verified, with %s', (_, dsn, message) => {
    expect(found('SPIRE-DB-TLS', changed(spire, DSN(dsn), [ARGS, EXPANDED]))).toEqual([message]);
  });

  test.each(['host=db user=spire password=${PW} sslmode=verify-full sslrootcert=/run/db/ca.crt', '${PW}', 'host=db ${PW}', 'host=localhost user=spire password=${PW}'])('is right with %s', dsn => {
    expect(found('SPIRE-DB-TLS', changed(spire, DSN(dsn), [ARGS, EXPANDED]))).toEqual([]);
  });

  test('whose password is not set has no password in the ConfigMap', () => {
    const text = changed(spire, DSN('host=db password=${DBPW} sslmode=verify-full'), [ARGS, EXPANDED]);
    expect(found(/SPIRE-EXPAND-ENV|SPIRE-SECRET/, text)).toEqual(['${DBPW} becomes nothing: container spire-server has no variable DBPW']);
    expect(found('SPIRE-SECRET-IN-CONFIG', text.replace('${DBPW}', 'geheim'))).toHaveLength(1);
  });
});

describe('a dump of the database', () => {
  const job = (env: string): string => `${spire}---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: dump, namespace: spire-server}\nspec:\n  template:\n    spec:\n      containers:\n`
    + `      - {name: dump, image: "postgres:17", command: [sh, -c, 'pg_dump "$TARGET_URL" > /backup/spire.dump'], env: [{name: TARGET_URL, ${env}}]}\n`;

  test('may say in a Secret how to connect', () => {
    expect(found('OPS-DB-PLAINTEXT', job('valueFrom: {secretKeyRef: {name: db, key: url}}'))).toEqual([]);
  });

  test('fails with an address without TLS', () => {
    expect(found('OPS-DB-PLAINTEXT', job('value: "postgres://db/spire"'))).toHaveLength(1);
  });
});

test('the port of a server that is not given is not looked for', () => {
  expect(found(/SPIRE-SERVER-ADDRESS|SPIRE-REQUIRED-KEY/, changed(spire, ['      server_port = 8081\n', '']))).toEqual(['server_port must be configured']);
});

test('probes of one path for both are not swapped', () => {
  const text = changed(spire, ['bind_port = "8080"', 'bind_port = "8080"\n      live_path = "/up"\n      ready_path = "/up"'], ['path: /ready', 'path: /up']);
  expect(found(/SPIRE-HEALTH$|SPIRE-PROBE/, text)).toEqual(['live_path and ready_path are both "/up": the process panics']);
});

describe('a webhook', () => {
  const image = 'image: ghcr.io/spiffe/spire-controller-manager:0.6.6';
  const off = changed(spire, [image, `${image}\n        env: [{name: ENABLE_WEBHOOKS, value: "false"}]`]);

  test('fails where the controller manager serves none', () => {
    expect(found('SPIRE-WEBHOOK', `${off}---\n${WEBHOOK}`)).toEqual(['the controller manager runs with ENABLE_WEBHOOKS=false: nobody answers, and every resource is refused']);
    expect(found('SPIRE-WEBHOOK', `${off}---\n${WEBHOOK.replace('  failurePolicy: Fail\n', '')}`)).toHaveLength(1);
  });

  test('that is let pass, or served, is right', () => {
    expect(found('SPIRE-WEBHOOK', `${off}---\n${WEBHOOK.replace('failurePolicy: Fail', 'failurePolicy: Ignore')}`)).toEqual([]);
    expect(found('SPIRE-WEBHOOK', `${spire}---\n${WEBHOOK}`)).toEqual([]);
  });
});

describe('parents of entries', () => {
  const withTemplate = (template: string): string[] => found('SPIRE-PARENT-ID', changed(spire, ['entryIDPrefix: demo', `entryIDPrefix: demo\n    parentIDTemplate: "${template}"`]));

  test.each([
    ['of another trust domain', 'spiffe://example.com/spire/agent/k8s_psat/{{ .ClusterName }}/{{ .NodeMeta.UID }}', 'parents are of the trust domain "example.com", the manager has "example.org"'],
    ['of another cluster', 'spiffe://{{ .TrustDomain }}/spire/agent/k8s_psat/prod/{{ .NodeMeta.UID }}', 'parents are of the cluster "prod", the server knows "demo"'],
    ['of another cluster in plain', 'spiffe://example.org/spire/agent/k8s_psat/prod/{{ .NodeMeta.UID }}', 'parents are of the cluster "prod", the server knows "demo"'],
  ])('fail where they are %s', (_, template, message) => {
    expect(withTemplate(template)).toEqual([message]);
  });

  test.each(['spiffe://{{ .TrustDomain }}/spire/agent/k8s_psat/{{ .ClusterName }}/{{ .NodeMeta.UID }}', 'spiffe://example.org/spire/agent/k8s_psat/demo/{{ .NodeMeta.UID }}', 'spiffe://example.org/nodes/{{ .NodeMeta.Name }}'])('are right as %s', template => {
    expect(withTemplate(template)).toEqual([]);
  });
});

describe('what is switched off', () => {
  test('fails where a proxy wants SDS', () => {
    const text = changed(spire, ['trust_domain = "example.org"\n      server_address', 'disable_sds_api = true\n      trust_domain = "example.org"\n      server_address'],
      ['metadata: {labels: {app: web, identity: spire}}', 'metadata: {labels: {app: web, identity: spire}, annotations: {inject.istio.io/templates: "sidecar,spire"}}']);
    expect(found('SPIRE-API-OFF', text)).toEqual(['disable_sds_api = true, and the proxy of shop/web takes its certificate over SDS']);
  });

  test('is right where nothing asks for it', () => {
    expect(found('SPIRE-API-OFF', changed(spire, ['trust_domain = "example.org"\n      server_address', 'disable_sds_api = true\n      trust_domain = "example.org"\n      server_address']))).toEqual([]);
  });

  test('is right where the provider is of another trust domain', () => {
    expect(found('SPIRE-JWT-OFF', changed(spire, ['jwt_key_type = "rsa-2048"', 'disable_jwt_svids = true'],
      ['"/spiffe-workload-api/socket"\n      trust_domain = "example.org"', '"/spiffe-workload-api/socket"\n      trust_domain = "example.com"']))).toEqual([]);
  });
});

describe('an issuer with a path', () => {
  const INGRESS = (annotations: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: oidc, namespace: spire-server}
spec:
  selector: {matchLabels: {app: oidc}}
  template:
    metadata: {labels: {app: oidc}}
    spec:
      containers: [{name: oidc, image: "ghcr.io/spiffe/oidc-discovery-provider:1.15.3", args: [-config, /c/oidc.conf], volumeMounts: [{name: c, mountPath: /c}]}]
      volumes: [{name: c, configMap: {name: oidc}}]
---
apiVersion: v1
kind: Service
metadata: {name: oidc, namespace: spire-server}
spec: {selector: {app: oidc}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: oidc, namespace: spire-server, annotations: {${annotations}}}
spec: {rules: [{host: oidc.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: oidc, port: {number: 80}}}}]}}]}
`;
  const issuer: [RegExp, string] = [/(jwt_issuer = "https:\/\/oidc\.example\.org)/g, 'jwt_issuer = "https://oidc.example.org/eu'];
  const text = changed(spire, issuer);
  const MESSAGE = 'jwt_issuer "https://oidc.example.org/eu" has the path /eu, the provider answers below /';

  test('fails without server_path_prefix behind an Ingress, and with TLS of its own', () => {
    expect(found('SPIRE-JWT-ISSUER', text + INGRESS(''))).toEqual([MESSAGE]);
    expect(found('SPIRE-JWT-ISSUER', text.replace('insecure_addr = ":8080"', 'acme { email = "a@example.org" tos_accepted = true }'))).toEqual([MESSAGE]);
  });

  test.each([
    ['with the prefix', text.replace('insecure_addr', 'server_path_prefix = "/eu/"\n    insecure_addr') + INGRESS('')],
    ['where the Ingress rewrites paths', text + INGRESS('nginx.ingress.kubernetes.io/rewrite-target: /$2')],
    ['where it is not seen who leads to the provider', text],
  ])('is right %s', (_, wanted) => {
    expect(found('SPIRE-JWT-ISSUER', wanted)).toEqual([]);
  });
});

describe('a nested server of the same cluster', () => {
  const below = (trustDomain = 'example.org'): string => `---\n${nested('/run/upstream/agent.sock', '{}').replace(/  agent\.conf: \|\n(?: {4}.*\n)+/, '')
    .replace('server_address = "root.example.org"', 'server_address = "spire-server.spire-server"').replace('trust_domain = "example.org"', `trust_domain = "${trustDomain}"`)
    .replace('        - {name: spire-agent,', '        - {name: other,')}\n`;
  const id = (labels: string): string => '---\napiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: nested}\nspec: {className: spire, downstream: true, '
    + `spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/nested", podSelector: {matchLabels: {${labels}}}}\n`;

  test('fails without an entry that lets it sign', () => {
    const message = 'no entry with downstream: true is for this server, so the server above signs nothing for it';
    expect(found('SPIRE-NESTED-ROOT', spire + below())).toEqual([message]);
    expect(found('SPIRE-NESTED-ROOT', spire + below() + id('app: web'))).toEqual([message]);
  });

  test('fails in another trust domain than the server above', () => {
    expect(found('SPIRE-NESTED-ROOT', spire + below('example.com') + id('app: nested'))).toEqual(['trust_domain is "example.com", the server above has "example.org"']);
  });

  test('fails at a port that the Service above does not have', () => {
    expect(found('SPIRE-NESTED-ROOT', spire + below().replace('server_port = "8081"', 'server_port = "443"') + id('app: nested'))).toEqual(['the server above is called at port 443, its Service has 8081']);
  });

  test('is right with both', () => {
    expect(found('SPIRE-NESTED-ROOT', spire + below() + id('app: nested'))).toEqual([]);
  });

  test('is right with an entry of its own, which no ClusterSPIFFEID need be', () => {
    expect(found('SPIRE-NESTED-ROOT', spire.replace('spec:\n  className: spire\n  spiffeID: spiffe://example.org/vm', 'spec:\n  className: spire\n  downstream: true\n  spiffeID: spiffe://example.org/vm') + below())).toEqual([]);
  });
});

test('more than one replica with sqlite fails at the autoscaler that makes them', () => {
  const text = `${spire}---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a, namespace: spire-server}\nspec:\n  maxReplicas: 3\n  scaleTargetRef: {kind: StatefulSet, name: spire-server}\n`;
  expect(findingsOf('SPIRE-HA-SQLITE', text)).toMatchObject([
    { message: 'up to 3 replicas of spire-server with sqlite3', object: { kind: 'HorizontalPodAutoscaler' }, line: text.split('\n').indexOf('  maxReplicas: 3') + 1 },
  ]);
});

test.each([
  ['echo waiting for the spire-server bundle to come', 0],
  ['# a spire-server bundle configmap\nkubectl get configmap', 0],
  ['kubectl exec spire-server-0 -- /opt/spire/bin/spire-server bundle get', 1],
  ['until spire-server agent lists; do sleep 1; done', 1],
])('a script says %j', (script, count) => {
  const job = `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a, namespace: spire-server}\nspec: {template: {spec: {containers: [{name: a, image: "tools:1", command: [sh, -c, ${JSON.stringify(script)}]}]}}}\n`;
  expect(found('OPS-SPIRE-COMMAND', `${spire}---\n${job}`)).toHaveLength(count);
});

test.each([
  ['entry list', ['spire-server entry has no list: count, create, update, delete, show']],
  ['entry show', []],
])('a script of another image runs spire-server %s', (command, messages) => {
  expect(found('OPS-SPIRE-COMMAND', `${spire}---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: a, namespace: spire-server}\nspec: {template: {spec: {containers: [{name: a, image: "tools:1", command: [sh, -c, "spire-server ${command}"]}]}}}\n`)).toEqual(messages);
});
