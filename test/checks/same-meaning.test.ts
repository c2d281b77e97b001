import { changed, fixture, found, rulesIn } from './cases';
import { RULES } from '../../src/checks/rules';

/** Whether a rule finds something. */
function finds(rule: string, input: string): boolean {
  return rulesIn(input, RULES.filter(({ id }) => id === rule)).length > 0;
}

describe('a container that goes on among the init containers is one of the others', () => {
  const pod = (kind: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: s, namespace: spire}
data: {server.conf: 'server { trust_domain = "example.org" socket_path = "/run/spire/api.sock" }'}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: s, namespace: spire}
spec: {template: {spec: {${kind}, volumes: [{name: c, configMap: {name: s}}, {name: run, emptyDir: {}}]}}}`;
  const server = '{name: s, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: c, mountPath: /c}, {name: run, mountPath: /run/spire}]}';
  const shell = (more = ''): string => `{name: sh, image: "busybox:1", ${more}volumeMounts: [{name: run, mountPath: /run/spire}]}`;

  test.each([`containers: [${server}, ${shell()}]`, `initContainers: [${shell('restartPolicy: Always, ')}], containers: [${server}]`])('SPIRE-ADMIN-SOCKET fails with %s', containers => {
    expect(found('SPIRE-ADMIN-SOCKET', pod(containers))).toEqual([expect.stringContaining('container sh')]);
  });

  test('one that ends is no other', () => {
    expect(finds('SPIRE-ADMIN-SOCKET', pod(`initContainers: [${shell()}], containers: [${server}]`))).toBe(false);
  });

  test('another program beside the driver of SPIFFE may register it', () => {
    const driver = '{name: driver, image: "ghcr.io/spiffe/spiffe-csi-driver:0.2.12", args: [-workload-api-socket-dir, /s], volumeMounts: [{name: own, mountPath: /spiffe-csi}]}';
    const of = (containers: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: driver}\nspec: {${containers}, volumes: [{name: own, hostPath: {path: /plugins/csi.spiffe.io}}]}`;
    expect(finds('SPIRE-CSI-REGISTRATION', of(`containers: [${driver}]`))).toBe(true);
    expect(finds('SPIRE-CSI-REGISTRATION', of(`initContainers: [{name: r, image: "registrar:1", restartPolicy: Always}], containers: [${driver}]`))).toBe(false);
  });
});

describe('a projected volume of one object is that of the object', () => {
  test('rules that a pod of Prometheus mounts so are read', () => {
    const projected = changed(fixture('operations.yaml'), ['configMap: {name: rules}', 'projected: {sources: [{configMap: {name: rules}}]}']);
    expect(finds('OBS-RULES-CONFIG-MAP', projected)).toBe(false);
    expect(finds('OBS-RULES-CONFIG-MAP', projected.replace('{configMap: {name: rules}}', '{configMap: {name: other}}'))).toBe(true);
  });

  test.each(['secret: {secretName: a, defaultMode: 256}', 'projected: {defaultMode: 256, sources: [{secret: {name: a}}]}'])('OPS-SECRET-MODE fails with %s', volume => {
    expect(finds('OPS-SECRET-MODE', changed(fixture('operations.yaml'), ['volumes: [{name: rules, configMap: {name: rules}}]',
      `securityContext: {runAsUser: 1000}\n      volumes: [{name: rules, ${volume}}]`]))).toBe(true);
  });
});

describe('matchExpressions of one value are labels', () => {
  const id = (selector: string): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/a", podSelector: {${selector}}}`;

  test.each([
    ['SPIRE-ID-ISTIOD', 'app', 'istiod'],
    ['SPIRE-ID-TLS-MODE', 'security.istio.io/tlsMode', 'istio'],
    ['SPIRE-ID-SELECTS-NOTHING', 'app', 'istio-proxy'],
    ['SPIRE-ID-MESH-FORM', 'istio', 'ingressgateway'],
  ])('%s fails', (rule, key, value) => {
    expect(finds(rule, id(`matchLabels: {${key}: ${value}}`))).toBe(true);
    expect(finds(rule, id(`matchExpressions: [{key: ${key}, operator: In, values: [${value}]}]`))).toBe(true);
    expect(finds(rule, id(`matchExpressions: [{key: ${key}, operator: NotIn, values: [${value}]}]`))).toBe(false);
  });
});

describe('a variable out of a ConfigMap of the input', () => {
  const MAP = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: env, namespace: shop}\n';

  test.each([['value: /spiffe/a.sock', ''], ['valueFrom: {configMapKeyRef: {name: env, key: socket}}', `${MAP}data: {socket: /spiffe/a.sock}`]])('SPIRE-ENDPOINT-SOCKET fails with %s', (variable, more) => {
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {containers: [{name: a, image: "a:1", env: [{name: SPIFFE_ENDPOINT_SOCKET, ${variable}}]}]}\n${more}`;
    expect(found('SPIRE-ENDPOINT-SOCKET', pod)).toEqual(['"/spiffe/a.sock" has no scheme']);
  });

  test('a dump is with TLS where one of them says so', () => {
    const job = (more: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: spire-backup, namespace: shop}
spec: {template: {spec: {containers: [{name: a, image: "postgres:17", command: [pg_dump, -f, /dump/spire.dump]${more}}]}}}
${MAP}`;
    expect(finds('OPS-DB-PLAINTEXT', `${job('')}data: {A: b}`)).toBe(true);
    const from = job(', envFrom: [{configMapRef: {name: env}}]');
    expect(finds('OPS-DB-PLAINTEXT', `${from}data: {PGSSLMODE: verify-full}`)).toBe(false);
    expect(finds('OPS-DB-PLAINTEXT', `${from}data: {A: b}`)).toBe(true);
  });
});

test('data of policies may be in base64', () => {
  const json = Buffer.from('{"spiffe_access": {}}').toString('base64');
  const pod = (more: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: policy, namespace: shop}
data: {a.rego: "package envoy.authz\\nimport rego.v1\\ndefault allow := false\\nallow if data.spiffe_access[input.a]\\n"}
${more}
---
apiVersion: v1
kind: Pod
metadata: {name: opa, namespace: shop}
spec: {containers: [{name: opa, image: "openpolicyagent/opa:1.9.0-envoy", args: [run, --server, /policy], volumeMounts: [{name: p, mountPath: /policy}]}], volumes: [{name: p, configMap: {name: policy}}]}`;
  expect(finds('OPA-DATA', pod(''))).toBe(true);
  expect(finds('OPA-DATA', pod(`binaryData: {data.json: ${json}}`))).toBe(false);
});

describe('a configuration of spiffe-helper fails', () => {
  test.each(['agent_address = "/s" cert_dir = "/c" svid_file_name = "a"', 'agent_address = "/s"\ncert_dir = "/c"\n"svid_file_name" = "a"'])('as %s', text => {
    expect(found('SPIRE-HELPER', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: h}\ndata: {helper.conf: ${JSON.stringify(text)}}`)).toContainEqual(expect.stringContaining('must be configured beside svid_file_name'));
  });
});

describe('values of SPIRE in an Application', () => {
  const application = (helm: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: spire, namespace: argocd}
spec: {destination: {namespace: identity}, source: {repoURL: "https://spiffe.github.io/helm-charts-hardened/", chart: spire, targetRevision: 0.30.0, helm: {releaseName: spire, ${helm}}}}
---
apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: web}
spec: {spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/web", podSelector: {matchLabels: {app: web}}, ttl: 8h, federatesWith: [b.org], className: identity-spire}`;

  test.each(['valuesObject: {global: {spire: {trustDomain: example.org}}, spire-server: {}}', 'values: "{global: {spire: {trustDomain: example.org}}, spire-server: {}}"'])('fail with %s', helm => {
    expect(finds('SPIRE-ID-TTL-CA', application(helm))).toBe(true);
    expect(finds('FED-UNKNOWN-PARTNER', application(helm))).toBe(true);
    expect(finds('SPIRE-CLASS-NAME', application(helm))).toBe(false);
  });

  test('a release may have a name that its values make good', () => {
    const named = (helm: string): string => application(helm).replace('releaseName: spire', 'releaseName: my-server');
    expect(finds('HELM-RELEASE-NAME', named('values: "{spire-server: {}}"'))).toBe(true);
    expect(finds('HELM-RELEASE-NAME', named('values: "{spire-server: {fullnameOverride: a}}"'))).toBe(false);
  });
});

test.each(['web', 'web.shop.svc.cluster.local'])('identities fail to be named for %s', host => {
  const system = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s, namespace: spire}\ndata: {server.conf: 'server { trust_domain = "example.org" }'}
---
apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\nspec: {serviceAccountName: web, containers: [{name: web, image: "web:1"}]}
---
apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: web, namespace: shop}\nspec: {host: ${host}, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, subjectAltNames: ["spiffe://other.org/ns/shop/sa/web"]}}}`;
  expect(found('FED-FAILOVER-SAN', system)).toEqual([expect.stringContaining('is in the cluster of "example.org" as well')]);
});
