import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Cluster, presets, WorkloadApiSocket } from '../src';
import { CLUSTER, Synthesized } from './support/synth';

/**
 * What the field's tutorials ask for, row by row, and what the preset writes instead. The rows are those of the table of tutorial errors,
 * sections A to H: installation, server, agent, identities, workloads, policies, traffic, telemetry.
 */
const output = Synthesized.of((app) => new presets.BookinfoZeroTrust(app, 'bookinfo', {
  cluster: CLUSTER,
  tracing: { serviceHost: 'otel-collector.observability.svc.cluster.local' },
}));
const file = (name: string) => output.files[`prod/artifacts/${name}`];
const operator = parse(file('istio-operator.yaml'));
const values = operator.spec.values;
const mesh = operator.spec.meshConfig;
const istiod = parse(file('istiod-values.yaml'));
const template = parse(values.sidecarInjectorWebhook.templates.spire);
const serverConf: string = output.object('ConfigMap', 'spire-server').data['server.conf'];
const agentConf: string = output.object('ConfigMap', 'spire-agent').data['agent.conf'];
const managerConf = parse(output.object('ConfigMap', 'spire-controller-manager').data['config.yaml']);
const agentPod = output.object('DaemonSet', 'spire-agent').spec.template.spec;
const serverPod = output.object('StatefulSet', 'spire-server').spec.template.spec;
const spiffeIds = output.ofKind('ClusterSPIFFEID');
const apps = output.ofKind('Deployment').filter((one) => one.metadata.namespace === 'bookinfo');
const appPods = apps.map((one) => one.spec.template);
const gateway = output.object('Deployment', 'istio-ingressgateway').spec.template;
const meshPods = [...appPods, gateway];
const policies = output.ofKind('AuthorizationPolicy');
const principals: string[] = policies.flatMap((policy) => policy.spec.rules ?? []).flatMap((rule: any) => rule.from ?? [])
  .flatMap((from: any) => from.source.principals ?? []);
const operations = policies.flatMap((policy) => policy.spec.rules ?? []).flatMap((rule: any) => rule.to ?? []).map((to: any) => to.operation);
const virtualServices = output.ofKind('VirtualService');
const destinationRules = output.ofKind('DestinationRule');
const telemetry = output.ofKind('Telemetry');
const everything = Object.values(output.files).join('\n');
const rules = output.object('PrometheusRule', 'spiffe-mesh').spec.groups.flatMap((group: any) => group.rules);
const expression = (name: string): string => rules.find((rule: any) => rule.record === name || rule.alert === name).expr;
const block = (text: string, start: string) => text.slice(text.indexOf(start), text.indexOf('\n  }', text.indexOf(start)));

const ROWS: { [id: string]: [wanted: string, proof: () => void] } = {
  A1: ['istiod is no RA of the Kubernetes CSR API', () => expect(everything).not.toContain('EXTERNAL_CA')],
  A2: ['proxies never ask SPIRE for an Istio certificate', () => expect(everything).not.toMatch(/CA_ADDR|caAddress/)],
  A3: ['no TRUST_DOMAIN variable', () => expect(everything).not.toContain('TRUST_DOMAIN')],
  A4: ['the trust domain of the mesh is SPIRE\'s, in meshConfig only', () => {
    expect(mesh.trustDomain).toBe('example.org');
    expect(serverConf).toContain('trust_domain = "example.org"');
    expect(values.global.trustDomain).toBeUndefined();
  }],
  A5: ['no variables that istiod does not know', () => expect(everything).not.toMatch(/PILOT_ENABLE_SPIFFE|JWT_ISSUER/)],
  A6: ['no auto-registration of virtual machines', () => expect(everything).not.toContain('AUTOREGISTRATION')],
  A7: ['no global.proxy.env: the socket name is proxy metadata', () => {
    expect(values.global.proxy.env).toBeUndefined();
    expect(meshPods.every((pod) => pod.metadata.annotations['proxy.istio.io/config'].includes('WORKLOAD_IDENTITY_SOCKET_FILE'))).toBe(true);
  }],
  A8: ['the injection policy is left at its default', () => expect(values.global.proxy.autoInject).toBeUndefined()],
  A9: ['the template replaces volume workload-socket by the CSI volume, and does nothing else', () => expect(template).toEqual({
    spec: { volumes: [{ name: 'workload-socket', emptyDir: null, csi: { driver: 'csi.spiffe.io', readOnly: true } }] },
  })],
  A10: ['the opt-in label is on the pod, not lost at the root of a template', () => {
    expect(template.labels).toBeUndefined();
    expect(meshPods.every((pod) => pod.metadata.labels['spiffe.io/spire-managed-identity'] === 'true')).toBe(true);
  }],
  A11: ['istiod gets no SPIRE socket', () => expect(operator.spec.components.pilot.k8s?.volumes).toBeUndefined()],
  A12: ['istiod asks for resources', () => expect(values.pilot.resources.requests).toEqual({ cpu: '500m', memory: '2Gi' })],
  A13: ['no component that istioctl does not know', () => expect(Object.keys(operator.spec.components).sort()).toEqual(['base', 'cni', 'pilot'])],
  A14: ['the gateway has its identity from SPIRE: an injected Deployment with the socket and the label', () => {
    expect(gateway.metadata.annotations['inject.istio.io/templates']).toBe('gateway,spire');
    expect(gateway.metadata.labels['spiffe.io/spire-managed-identity']).toBe('true');
  }],
  A15: ['namespaces are not injected unless they say so', () => expect(values.sidecarInjectorWebhook.enableNamespacesByDefault).toBe(false)],
  A16: ['a proxy without the socket refuses to start', () => {
    expect(WorkloadApiSocket.of().failsClosed).toBe(true);
    expect(meshPods.every((pod) =>
      JSON.parse(pod.metadata.annotations['proxy.istio.io/config']).proxyMetadata.WORKLOAD_IDENTITY_SOCKET_FILE === 'spire-agent.sock')).toBe(true);
  }],
  A17: ['the built-in mount is used, no second one is added', () => expect(everything).not.toContain('workload-spiffe-uds')],
  A18: ['gateways are injected pods, so that any release can give them the CSI volume', () => {
    expect(everything).not.toContain('gateway.networking.k8s.io');
    expect(gateway.spec.containers[0].image).toBe('auto');
  }],
  A19: ['proxies start first and can be attested then', () => {
    expect(mesh.defaultConfig.holdApplicationUntilProxyStarts).toBe(true);
    expect(agentConf).toContain('disable_container_selectors = true');
  }],
  B1: ['the key of SPIRE 1.15 for SVID lifetimes', () => {
    expect(serverConf).toContain('default_x509_svid_ttl = "1h"');
    expect(serverConf).not.toMatch(/\bdefault_svid_ttl/);
  }],
  B2: ['the server attests no workloads', () => expect(serverConf).not.toContain('WorkloadAttestor')],
  B3: ['no keys of other programs in the server', () => expect(serverConf).not.toMatch(/verify_node_resolver|container_locator/)],
  B4: ['no cgroup matchers', () => expect(serverConf + agentConf).not.toContain('cgroup_matchers')],
  B5: ['Prometheus by host and port', () => expect(block(serverConf, 'telemetry')).toMatch(/host = "0\.0\.0\.0"\n {4}port = 9988/)],
  B6: ['agents are allowed by namespace and name', () => expect(serverConf).toContain('service_account_allow_list = ["spire-system:spire-agent"]')],
  B7: ['the audience is stated on both sides', () => {
    expect(serverConf).toContain('audience = ["spire-server"]');
    expect(agentPod.volumes.find((one: any) => one.name === 'agent-token').projected.sources[0].serviceAccountToken.audience).toBe('spire-server');
  }],
  B8: ['one cluster name for server, agent and controller manager', () => {
    expect(serverConf).toContain('prod = {');
    expect(agentConf).toContain('cluster = "prod"');
    expect(managerConf.clusterName).toBe('prod');
  }],
  B9: ['the trust domain is the user\'s own: it has no default', () => {
    expect(everything).not.toMatch(/trust_?domain"?\s*[:=]\s*"?cluster\.local/i);
    expect(() => Cluster.of({ name: 'demo' } as any)).toThrow('Cluster.of has no trustDomain');
  }],
  B10: ['no ca_subject unless asked for', () => expect(serverConf).not.toContain('ca_subject')],
  B11: ['keys and data are on a volume of the server', () => {
    expect(serverConf).toContain('keys_path = "/run/spire/server/data/keys.json"');
    expect(serverPod.containers[0].volumeMounts).toContainEqual({ name: 'server-data', mountPath: '/run/spire/server/data' });
  }],
  B12: ['the bundle is published where the agents mount it, in the format they read', () => {
    expect(serverConf).not.toContain('Notifier');
    expect(block(serverConf, 'BundlePublisher "k8s_configmap"')).toMatch(/namespace = "spire-system"[^]*configmap_key = "bundle.pem"[^]*format = "pem"/);
    expect(agentPod.volumes).toContainEqual({ name: 'trust-bundle', configMap: { name: 'spire-bundle' } });
    expect(agentConf).toMatch(/trust_bundle_path = "[^"]*\/bundle\.pem"\n {2}trust_bundle_format = "pem"/);
  }],
  B13: ['health checks are on, and the probes use them', () => {
    expect(block(serverConf, 'health_checks')).toContain('listener_enabled = true');
    expect(serverPod.containers[0].readinessProbe.httpGet).toEqual({ path: '/ready', port: 'health' });
  }],
  B14: ['no issuer without a provider that serves its keys', () => expect(serverConf).not.toContain('jwt_issuer')],
  B15: ['the port is a number', () => expect(serverConf).toContain('bind_port = 8081')],
  B16: ['controller manager, rights and Service are there', () => {
    expect(serverPod.containers.map((container: any) => container.name)).toContain('spire-controller-manager');
    expect(output.object('ClusterRole', 'spire-server').rules.length).toBe(2);
    expect(output.object('Service', 'spire-server').spec.ports[0].port).toBe(8081);
  }],
  B17: ['lifetimes follow the CA, not the mesh', () => expect(serverConf).toMatch(/ca_ttl = "24h"\n {2}default_x509_svid_ttl = "1h"/)],
  C1: ['no kubeconfig for the agent\'s attestor', () => expect(agentConf).not.toContain('kube_config_file')],
  C2: ['no docker attestor', () => expect(agentConf).not.toContain('docker')],
  C3: ['Prometheus by host and port', () => expect(block(agentConf, 'telemetry')).toMatch(/host = "0\.0\.0\.0"\n {4}port = 9988/)],
  C4: ['agent, CSI driver and proxies agree on the socket', () => {
    expect(agentConf).toContain('socket_path = "/run/spire/agent-sockets/spire-agent.sock"');
    const driver = output.object('DaemonSet', 'spiffe-csi-driver').spec.template.spec.containers[0];
    expect(driver.args).toEqual(expect.arrayContaining(['-workload-api-socket-dir', '/run/spire/agent-sockets']));
  }],
  C5: ['the agent knows the server by its bundle from the start', () => expect(agentConf).not.toContain('insecure_bootstrap')],
  C6: ['the bundle is in the agents\' own namespace', () =>
    expect(output.object('Role', 'spire-server-bundle').metadata.namespace).toBe(output.object('DaemonSet', 'spire-agent').metadata.namespace)],
  C7: ['the kubelet is verified, by an address that the pod knows', () => {
    expect(agentConf).toContain('skip_kubelet_verification = false');
    expect(agentConf).toContain(`node_name_env = "${agentPod.containers[0].env[0].name}"`);
  }],
  C8: ['the agent\'s keys stay in memory', () => expect(agentConf).toMatch(/KeyManager "memory" {\n {4}plugin_data {}/)],
  C9: ['the token is where the agent looks', () => {
    const mount = agentPod.containers[0].volumeMounts.find((one: any) => one.name === 'agent-token').mountPath;
    expect(agentConf).toContain(`token_path = "${mount}/spire-agent"`);
  }],
  C10: ['one trust domain needs no SDS names but SPIRE\'s own, which are Istio\'s', () => expect(agentConf).not.toMatch(/\bsds\b/)],
  C11: ['no port of the node is taken', () => {
    expect(agentPod.hostNetwork).toBeUndefined();
    expect(everything).not.toContain('hostPort');
  }],
  D1: ['lifetimes are text, and here the server\'s default', () => expect(spiffeIds.filter((one) => one.spec.ttl !== undefined)).toEqual([])],
  D2: ['selectors have matchLabels and matchExpressions only', () => expect(everything).not.toContain('matchNames')],
  D3: ['namespaces of Kubernetes and SPIRE are left out by name, whole', () =>
    expect(managerConf.ignoreNamespaces).toEqual(['^kube-system$', '^kube-public$', '^kube-node-lease$', '^spire-server$', '^spire-system$'])],
  D4: ['pods opt in by a label of their own', () => {
    for (const one of spiffeIds) {
      expect(one.spec.podSelector.matchLabels).toEqual({ 'spiffe.io/spire-managed-identity': 'true' });
    }
  }],
  D5: ['the ID is namespace and service account', () => {
    for (const one of spiffeIds) {
      expect(one.spec.spiffeIDTemplate).toBe('spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}');
    }
  }],
  D6: ['no selector depends on a label that may be missing', () => expect(spiffeIds.filter((one) => one.spec.workloadSelectorTemplates)).toEqual([])],
  D7: ['no DNS name depends on a label that may be missing', () => expect(spiffeIds.filter((one) => one.spec.dnsNameTemplates)).toEqual([])],
  D8: ['gateways have the same form of ID', () => {
    expect(spiffeIds.find((one) => one.metadata.name === 'istio-gateways')!.spec.spiffeIDTemplate).toMatch(/\/sa\/\{\{ \.PodSpec\.ServiceAccountName \}\}$/);
    expect(principals).toContain('example.org/ns/istio-ingress/sa/istio-ingressgateway');
  }],
  D9: ['each pod of the mesh is selected by exactly one ClusterSPIFFEID', () => {
    for (const pod of meshPods) {
      expect(spiffeIds.filter((one) => selects(one.spec.podSelector, pod.metadata.labels)).length).toBe(1);
    }
  }],
  D10: ['certificates of the edge are Secrets, not SVIDs', () => expect(output.object('Gateway', 'bookinfo').spec.servers[1].tls.credentialName).toBe('bookinfo-tls')],
  D11: ['nobody is an administrator of SPIRE', () => expect(spiffeIds.filter((one) => one.spec.admin)).toEqual([])],
  D12: ['the class is the manager\'s own', () => expect(spiffeIds.map((one) => one.spec.className)).toEqual([managerConf.className, managerConf.className])],
  E1: ['injection by label', () => {
    expect(meshPods.every((pod) => pod.metadata.labels['sidecar.istio.io/inject'] === 'true')).toBe(true);
    expect(meshPods.some((pod) => 'sidecar.istio.io/inject' in pod.metadata.annotations)).toBe(false);
  }],
  E2: ['the templates are named on each pod', () =>
    expect(appPods.every((pod) => pod.metadata.annotations['inject.istio.io/templates'] === 'sidecar,spire')).toBe(true)],
  E3: ['the injector\'s own label is left to it', () => expect(everything).not.toContain('security.istio.io/tlsMode')],
  E4: ['no label on namespaces that nobody reads', () => expect(everything).not.toMatch(/spire-managed:|spire-managed"/)],
  E5: ['applications get no socket and no variables', () => {
    for (const pod of appPods) {
      expect(pod.spec.volumes.filter((volume: any) => volume.hostPath || volume.csi)).toEqual([]);
    }
    expect(everything).not.toContain('SPIFFE_ENDPOINT_SOCKET');
  }],
  E6: ['current images', () => {
    for (const pod of appPods) {
      expect(pod.spec.containers[0].image).toMatch(/^registry\.istio\.io\/release\/examples-bookinfo-[a-z]+-v[123]:1\.20\.3$/);
    }
  }],
  E7: ['each subset has a Deployment', () => {
    const subsets = destinationRules.find((rule) => rule.metadata.name === 'reviews')!.spec.subsets.map((subset: any) => subset.labels.version);
    expect(subsets).toEqual(appPods.filter((pod) => pod.metadata.labels.app === 'reviews').map((pod) => pod.metadata.labels.version));
  }],
  E8: ['each principal is the service account of a pod', () => {
    const accounts = meshPods.map((pod) => pod.spec.serviceAccountName);
    for (const principal of principals) {
      expect(accounts).toContain(principal.split('/sa/')[1]);
    }
  }],
  E9: ['mutual TLS is strict in the whole mesh', () =>
    expect(output.object('PeerAuthentication', 'default')).toMatchObject({ metadata: { namespace: 'istio-system' }, spec: { mtls: { mode: 'STRICT' } } })],
  E10: ['probes, resources and security contexts are there, and the namespace is restricted', () => {
    for (const { spec } of appPods) {
      const [container] = spec.containers;
      expect([container.livenessProbe, container.readinessProbe]).not.toContain(undefined);
      expect([container.resources.requests.cpu, container.resources.limits.memory]).not.toContain(undefined);
      expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      expect(spec.securityContext.runAsNonRoot).toBe(true);
    }
    expect(output.object('Namespace', 'bookinfo').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  }],
  F1: ['the gateway is known by its real service account', () =>
    expect(principals).toContain(`example.org/ns/istio-ingress/sa/${gateway.spec.serviceAccountName}`)],
  F2: ['no policy for the kubelet, which has no identity', () => expect(principals.filter((one) => one.includes('kube-system'))).toEqual([])],
  F3: ['nobody is allowed to call itself', () => {
    for (const { spec } of policies.filter((one) => one.spec.selector)) {
      const { app, version } = spec.selector.matchLabels;
      const callers: string[] = (spec.rules ?? []).flatMap((rule: any) => rule.from ?? []).flatMap(({ source }: any) => source.principals ?? []);
      expect(callers.filter((caller) => caller.endsWith(`/sa/${app}-${version}`))).toEqual([]);
    }
  }],
  F4: ['versions are told apart by service account', () =>
    expect(principals).toEqual(expect.arrayContaining(['example.org/ns/bookinfo/sa/reviews-v2', 'example.org/ns/bookinfo/sa/reviews-v3']))],
  F5: ['no condition on the time of day', () => expect(policies.flatMap((policy) => policy.spec.rules ?? []).filter((rule: any) => rule.when)).toEqual([])],
  F6: ['no condition on labels', () => expect(everything).not.toMatch(/(source|destination)\.labels\[/)],
  F7: ['every policy that allows has a selector, and all else is denied', () => {
    expect(policies.filter((policy) => policy.spec.rules && !policy.spec.selector)).toEqual([]);
    expect(policies.filter((policy) => Object.keys(policy.spec).length === 0).map((policy) => policy.metadata.namespace).sort())
      .toEqual(['bookinfo', 'istio-system']);
  }],
  F8: ['no policy for scraping proxies, whose metrics port no policy guards', () =>
    expect(operations.flatMap((operation) => operation.paths ?? []).filter((path) => /metrics|stats/.test(path))).toEqual([])],
  F9: ['no policy lets a collector call applications', () => expect(principals.filter((one) => /jaeger|collector/.test(one))).toEqual([])],
  F10: ['no principal is a pattern', () => expect(principals.filter((one) => one.includes('*'))).toEqual([])],
  F11: ['no principal has a scheme', () => expect(principals.filter((one) => one.includes('spiffe://'))).toEqual([])],
  F12: ['principals have the trust domain of the cluster', () => expect(principals.filter((one) => !one.startsWith('example.org/'))).toEqual([])],
  G1: ['no route trusts a header for an identity', () => expect(JSON.stringify(virtualServices.map((one) => one.spec))).not.toMatch(/spiffe/i)],
  G2: ['each route goes to a subset that exists', () => {
    const defined = destinationRules.flatMap((rule) => (rule.spec.subsets ?? []).map((subset: any) => `${rule.spec.host}/${subset.name}`));
    const used = virtualServices.flatMap((one) => one.spec.http).flatMap((http: any) => http.route)
      .filter((route: any) => route.destination.subset).map((route: any) => `${route.destination.host}/${route.destination.subset}`);
    expect(used.length).toBe(3);
    expect(defined).toEqual(expect.arrayContaining(used));
  }],
  G3: ['load is not balanced by a header that anybody can send', () => expect(everything).not.toContain('consistentHash')],
  G4: ['each host has limits and a circuit breaker, mutual TLS is automatic', () => {
    for (const rule of destinationRules) {
      expect(rule.spec.trafficPolicy).toMatchObject({
        outlierDetection: { consecutive5xxErrors: 5 }, connectionPool: { tcp: { maxConnections: 100 } },
      });
      expect(rule.spec.trafficPolicy.tls).toBeUndefined();
    }
  }],
  G5: ['Bookinfo calls nothing outside, so no ServiceEntry is there', () => expect(output.ofKind('ServiceEntry')).toEqual([])],
  G6: ['plain HTTP is redirected, the certificate is looked for in the gateway\'s namespace', () => {
    const one = output.object('Gateway', 'bookinfo');
    expect(one.spec.servers[0].tls).toEqual({ httpsRedirect: true });
    expect(one.metadata.namespace).toBe(output.object('Deployment', 'istio-ingressgateway').metadata.namespace);
  }],
  G7: ['the gateway asks for no client certificate and claims none', () => expect(output.object('Gateway', 'bookinfo').spec.servers[1].tls.mode).toBe('SIMPLE')],
  G8: ['no header claims an identity', () => expect(virtualServices.flatMap((one) => one.spec.http).filter((http: any) => http.headers)).toEqual([])],
  G9: ['v1 of Istio\'s APIs', () =>
    expect([...new Set(output.allObjects.map((one) => one.apiVersion).filter((version) => version.includes('istio.io')))].sort())
      .toEqual(['networking.istio.io/v1', 'security.istio.io/v1', 'telemetry.istio.io/v1'])],
  G10: ['one VirtualService for each host', () => {
    const hosts = virtualServices.flatMap((one) => one.spec.hosts.map((host: string) => `${one.metadata.namespace}/${host}`));
    expect(new Set(hosts).size).toBe(hosts.length);
  }],
  H1: ['v1 of Telemetry', () => expect(telemetry.map((one) => one.apiVersion)).toEqual(['telemetry.istio.io/v1'])],
  H2: ['metrics are one entry', () => expect(telemetry[0].spec.metrics.length).toBe(1)],
  H3: ['identities are in the metrics already, no tag is overridden', () => expect(everything).not.toContain('tagOverrides')],
  H4: ['the format of the access log is with its provider', () => {
    expect(telemetry[0].spec.accessLogging).toEqual([{ providers: [{ name: 'access-log' }] }]);
    expect(provider('access-log').envoyFileAccessLog.logFormat.labels).toBeDefined();
  }],
  H5: ['the access log has both identities, in operators that Envoy knows', () => {
    const { labels } = provider('access-log').envoyFileAccessLog.logFormat;
    expect(labels.downstream_peer_uri_san).toBe('%DOWNSTREAM_PEER_URI_SAN%');
    expect(labels.upstream_peer_uri_san).toBe('%UPSTREAM_PEER_URI_SAN%');
    expect(JSON.stringify(labels)).not.toMatch(/SOURCE_|DESTINATION_|CONNECTION_MTLS|TLS_SUBJECT/);
  }],
  H6: ['each provider that is named is defined', () => {
    const named = ['metrics', 'accessLogging', 'tracing'].flatMap((kind) => telemetry[0].spec[kind]).flatMap((one: any) => one.providers).map((one: any) => one.name);
    const defined = ['prometheus', ...mesh.extensionProviders.map((one: any) => one.name)];
    expect(named.length).toBe(3);
    expect(defined).toEqual(expect.arrayContaining(named));
  }],
  H7: ['the access log is one entry', () => expect(telemetry[0].spec.accessLogging.length).toBe(1)],
  H8: ['traces have the identity of the caller\'s certificate, not a header', () => {
    expect(Object.values<any>(telemetry[0].spec.tracing[0].customTags).map((tag) => tag.formatter?.value)).toContain('%DOWNSTREAM_PEER_URI_SAN%');
    expect(JSON.stringify(telemetry[0].spec.tracing)).not.toContain('header');
  }],
  H9: ['no tag from a variable that does not exist', () => expect(JSON.stringify(telemetry[0].spec.tracing)).not.toContain('environment')],
  H10: ['tracing is one entry', () => expect(telemetry[0].spec.tracing.length).toBe(1)],
  H11: ['rules count what the destination saw, by labels that exist', () => {
    expect(rules.filter((rule: any) => /istio_[a-z_]+\{(?!reporter="destination")/.test(rule.expr))).toEqual([]);
    expect(rules.filter((rule: any) => /source_spiffe_id|destination_spiffe_id|source_trust_domain/.test(JSON.stringify(rule)))).toEqual([]);
    expect(expression('spiffe:error_rate_5m')).toContain('response_code=~"5..|0"');
    expect(expression('spiffe:mtls_usage')).toContain('by (destination_service_name, destination_service_namespace)');
    expect(expression('SPIFFEIdentityMTLSFailure')).toContain('reporter="destination",connection_security_policy!="mutual_tls"');
  }],
  H12: ['rules are a PrometheusRule', () => expect(rules.length).toBeGreaterThan(7)],
  H13: ['one Telemetry for the whole mesh', () => expect(telemetry.map((one) => one.metadata.namespace)).toEqual(['istio-system'])],
};

test.each(Object.entries(ROWS).map(([id, [wanted, proof]]) => ({ id, wanted, proof })))('$id: $wanted', ({ proof }) => proof());

test('the three ways to install Istio are one model', () => {
  expect(istiod.meshConfig).toEqual(mesh);
  expect(istiod.sidecarInjectorWebhook).toEqual(values.sidecarInjectorWebhook);
});

const TABLE = join(__dirname, '..', '..', 'shared', 'facts', 'spire-config.md');

(existsSync(TABLE) ? test : test.skip)(`every row of sections A to H is here${existsSync(TABLE) ? '' : ' [skipped: ../shared/facts is absent]'}`, () => {
  const ids = [...readFileSync(TABLE, 'utf8').matchAll(/^\| ([A-H]\d+) \|/gm)].map((match) => match[1]);
  expect(Object.keys(ROWS)).toEqual(ids);
});

function provider(name: string): any {
  return mesh.extensionProviders.find((one: any) => one.name === name);
}

function selects(selector: any, labels: { [key: string]: string }): boolean {
  const byLabels = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return byLabels && (selector.matchExpressions ?? []).every(({ key, operator: how, values: wanted }: any) => ({
    Exists: key in labels, DoesNotExist: !(key in labels), In: wanted?.includes(labels[key]), NotIn: !wanted?.includes(labels[key]),
  } as any)[how]);
}
