import { readAgentConfig } from '../../../../src/model/spire/agent';
import { Problems } from '../../../../src/model/spire/problems';
import { agentRefuses } from '../configs';

const docker = (settings: string): string[] => agentRefuses({ attestor: `WorkloadAttestor "docker" { plugin_data { ${settings} } }` });
const OLD = 'use_new_container_locator = false container_id_cgroup_matchers = ';

test.each([
  '', 'docker_socket_path = "unix:///run/docker.sock"', 'docker_socket_path = "tcp://127.0.0.1:2375"', 'docker_version = "v1.41"', 'docker_version = "v"', `${OLD}["/docker/<id>", "/my.slice/*/<id>/*"]`,
  `${OLD}["/a/<id>", "/b/<id>"]`,
])('the docker attestor takes %s', settings => {
  expect(docker(settings)).toEqual([]);
});

test.each([
  ['docker_socket_path = "/run/docker.sock"', 'docker_socket_path "/run/docker.sock" has no scheme, or nothing behind it'],
  ['docker_socket_path = "unix://"', 'docker_socket_path "unix://" has no scheme, or nothing behind it'],
  ['docker_socket_path = "npipe://x"', 'docker_socket_path "npipe://x" works on Windows only'],
  ['docker_socket_path = "tcp://a b"', 'docker_socket_path "tcp://a b" has a character in its host that may not be there'],
  ['docker_version = "1"', 'docker_version "1" is no version of Docker\'s API'],
  [`${OLD}["/docker"]`, 'container_id_cgroup_matchers "/docker" has 0 times <id>'],
  [`${OLD}["/docker/x<id>"]`, 'container_id_cgroup_matchers "/docker/x<id>" has 0 times <id>'],
  [`${OLD}["/a/<id>", "/*/<id>"]`, 'container_id_cgroup_matchers "/a/<id>" and "/*/<id>" match the same path'],
])('fails when it has %s', (settings, message) => {
  expect(docker(settings)).toEqual([`WorkloadAttestor "docker": ${message}`]);
});

const k8s = (settings: string): string[] => agentRefuses({ attestor: `WorkloadAttestor "k8s" { plugin_data { ${settings} } }` });

test.each(['certificate_path = "/c" private_key_path = "/k"', 'certificate_path = "/c" kubelet_read_only_port = 10255', 'private_key_path = "/k" use_anonymous_authentication = true'])('the k8s attestor takes %s', settings => {
  expect(k8s(settings)).toEqual([]);
});

test.each(['certificate_path = "/c"', 'private_key_path = "/k" kubelet_secure_port = 10250'])('fails when the k8s attestor has half a certificate: %s', settings => {
  expect(k8s(settings)).toEqual(['WorkloadAttestor "k8s": certificate_path and private_key_path belong together']);
});

test('attestors that attest nobody, or in the old way, are told', () => {
  const warned = (attestor: string): string[] => {
    const problems = new Problems();
    readAgentConfig(`agent { trust_domain = "example.org" server_address = "s" server_port = 1 trust_bundle_path = "/b" }
plugins { KeyManager "memory" {} NodeAttestor "k8s_psat" { plugin_data { cluster = "c" } } WorkloadAttestor ${attestor} }`, problems);
    return problems.list.map(({ severity, message }) => `${severity}: ${message}`);
  };
  const broker = 'experimental { broker { access_policy = "permissive" brokers = [{ id = "spiffe://example.org/b" pod_reference_scope = "cluster" }] } }';
  expect(warned('"k8s" { plugin_data { disable_kubelet_client = true } }')).toEqual(['warning: WorkloadAttestor "k8s": with disable_kubelet_client no pod is attested that asks by itself']);
  expect(warned(`"k8s" { plugin_data { disable_kubelet_client = true ${broker} } }`)).toEqual([]);
  expect(warned('"k8s" { plugin_data { use_new_container_locator = false } }')).toEqual([
    'warning: WorkloadAttestor "k8s": use_new_container_locator keeps the old container locator, which a later release removes',
  ]);
  expect(warned(`"docker" { plugin_data { ${OLD}["/docker/<id>"] } }`)).toEqual([
    'warning: WorkloadAttestor "docker": container_id_cgroup_matchers keeps the old container locator, which a later release removes',
  ]);
  expect(warned('"docker" { plugin_data { use_new_container_locator = false } }')).toEqual([]);
});
