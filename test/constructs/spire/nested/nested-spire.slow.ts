import {
  Cluster, FileRef, GitOpsApp, NestedSpire, NestedSpireProps, Platform, SecretRef, SpireProps, TrustDomain, UpstreamAuthority,
} from '../../../../src';
import { strictErrors } from '../../../support/strict-schema';
import { Synthesized } from '../../../support/synth';

interface Options extends Partial<Omit<NestedSpireProps, 'root' | 'nested'>> {
  readonly trustDomain?: string;
  readonly name?: string;
  readonly spire?: SpireProps;
  readonly kubeConfig?: FileRef;
}

function synth(options: Options = {}, define: (nested: NestedSpire) => void = () => undefined): Synthesized {
  const { trustDomain, name, spire, kubeConfig, ...props } = options;
  return Synthesized.of((app: GitOpsApp) => {
    const platform = (id: string, cluster: string, domain = 'example.org') =>
      new Platform(app, id, { cluster: Cluster.of({ name: cluster, trustDomain: TrustDomain.of(domain) }) });
    const root = platform('p-root', 'root');
    const nested = [{ platform: platform('p-eu', name ?? 'eu', trustDomain), spire, kubeConfig }, { platform: platform('p-us', 'us') }];
    define(new NestedSpire(app, 'spire', { root, host: 'spire-root.example.org', nested, ...props }));
  });
}

const find = (output: Synthesized, cluster: string, kind: string, name: string) => Object.entries(output.objects)
  .filter(([path]) => path.startsWith(`${cluster}/`)).flatMap(([, objects]) => objects).find((object) => object.kind === kind && object.metadata.name === name);
const output = synth();

test('the root takes the agents beside the nested servers, by their clusters, and signs for those servers alone', () => {
  const serverConf = find(output, 'root', 'ConfigMap', 'spire-server').data['server.conf'];
  expect(serverConf).toContain(`eu = {
          service_account_allow_list = ["spire-server:spire-server"]
          audience = ["spire-server"]
          kube_config_file = "/run/spire/server/files/secrets/kubeconfig-eu/config"
        }`);
  expect(output.ofKind('ClusterStaticEntry').filter((entry) => entry.metadata.name.startsWith('nested-eu')).map((entry) => entry.spec)).toEqual([
    {
      className: 'spire',
      spiffeID: 'spiffe://example.org/nested/eu/agent',
      parentID: 'spiffe://example.org/spire/server',
      selectors: ['k8s_psat:cluster:eu', 'k8s_psat:agent_ns:spire-server', 'k8s_psat:agent_sa:spire-server'],
    },
    {
      className: 'spire',
      spiffeID: 'spiffe://example.org/nested/eu/server',
      parentID: 'spiffe://example.org/nested/eu/agent',
      selectors: ['unix:uid:1000'],
      downstream: true,
    },
  ]);
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('the nested server asks the root through the agent beside it', () => {
  const serverConf = find(output, 'eu', 'ConfigMap', 'spire-server').data['server.conf'];
  expect(serverConf).toContain(`UpstreamAuthority "spire" {
    plugin_data {
      server_address = "spire-root.example.org"
      server_port = "8081"
      workload_api_socket = "/run/spire/upstream/spire-agent.sock"
    }
  }`);
  const agentConf = find(output, 'eu', 'ConfigMap', 'spire-upstream-agent').data['agent.conf'];
  expect(agentConf).toContain('socket_path = "/run/spire/upstream/spire-agent.sock"');
  expect(agentConf).toContain('server_address = "spire-root.example.org"');
  expect(agentConf).toContain('cluster = "eu"');
  const { spec } = find(output, 'eu', 'StatefulSet', 'spire-server').spec.template;
  expect(spec.shareProcessNamespace).toBe(true);
  expect(spec.securityContext.runAsUser).toBe(1000);
  const mounts = (container: string) => spec.containers.find((one: any) => one.name === container).volumeMounts;
  const socket = { name: 'upstream-socket', mountPath: '/run/spire/upstream' };
  expect(mounts('spire-upstream-agent')).toContainEqual(socket);
  expect(mounts('spire-server')).toContainEqual({ ...socket, readOnly: true });
});

test('the bundle that the root publishes is the one that the agent waits for, and the root may write that one alone', () => {
  const serverConf = find(output, 'root', 'ConfigMap', 'spire-server').data['server.conf'];
  expect(serverConf).toMatch(/eu = \{\n +namespace = "spire-server"\n +configmap_name = "spire-upstream-bundle"\n +configmap_key = "bundle.pem"/);
  const volumes = find(output, 'eu', 'StatefulSet', 'spire-server').spec.template.spec.volumes;
  expect(volumes).toContainEqual({ name: 'upstream-bundle', configMap: { name: 'spire-upstream-bundle' } });
  expect(find(output, 'eu', 'Role', 'spire-root').rules).toEqual([
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['spire-upstream-bundle'], verbs: ['create', 'patch'] },
  ]);
  expect(find(output, 'eu', 'ClusterRole', 'spire-root').rules).toEqual([
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get'] },
  ]);
});

test('a root at an address asks for no DNS name', () => {
  const service = find(synth({ host: '203.0.113.7' }), 'root', 'Service', 'spire-server-nested');
  expect(Object.keys(service.metadata.annotations ?? {}).filter((key) => key.startsWith('external-dns'))).toEqual([]);
});

test('the API of the root has a load balancer that keeps the addresses of callers', () => {
  expect(find(output, 'root', 'Service', 'spire-server-nested')).toMatchObject({
    metadata: { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'spire-root.example.org' } },
    spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 8081, targetPort: 8081 }] },
  });
});

test('VERIFY.md tells how the root gets access, unless a kubeconfig is given; it is never in a manifest', () => {
  expect(output.files['root/artifacts/VERIFY.md']).toContain('create secret generic kubeconfig-eu --from-file=config=/dev/stdin');
  expect(output.ofKind('Secret')).toEqual([]);
  const own = synth({ kubeConfig: FileRef.secret(SecretRef.of('my-eu'), 'kubeconfig') });
  expect(own.files['root/artifacts/VERIFY.md']).not.toContain('kubeconfig-eu');
  expect(find(own, 'root', 'ConfigMap', 'spire-server').data['server.conf']).toContain('/secrets/my-eu/kubeconfig"');
});

test('both SPIREs are at hand for meshes', () => {
  synth({}, ({ root, nested }) => expect([root, ...nested].map((spire) => spire.cluster.name)).toEqual(['root', 'eu', 'us']));
});

test('two runs write the same bytes', () => {
  expect(synth().files).toEqual(output.files);
});

test.each<[string, Options, string]>([
  ['another trust domain', { trustDomain: 'other.org' }, "cluster 'eu' has trust domain 'other.org', the root 'example.org': nested servers share one, use a Federation between two"],
  ['no nested server', { nested: [] } as any, 'no server is nested below the root'],
  ['a host of the cluster', { host: 'spire-server.spire-server.svc.cluster.local' }, 'which other clusters cannot reach'],
  ['no port', { port: 70000 }, 'root of nested servers has port 70000'],
  ['an authority of its own', { spire: { server: { upstreamAuthority: UpstreamAuthority.spire({ serverAddress: 'other.example.org' }) } } },
    "the nested server of cluster 'eu' has an upstream authority of its own"],
])('fails for %s', (_, options, message) => {
  expect(() => synth(options)).toThrow(message);
});

test('fails for the name of the root, also when it is in another app', () => {
  const platform = () => new Platform(new GitOpsApp(), 'p', { cluster: Cluster.of({ name: 'root', trustDomain: TrustDomain.of('example.org') }) });
  const root = platform();
  expect(() => new NestedSpire(root, 'spire', { root, host: 'spire-root.example.org', nested: [{ platform: platform() }] }))
    .toThrow("two clusters of trust domain 'example.org' are called 'root': rename one");
});
