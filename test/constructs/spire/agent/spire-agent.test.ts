import { Cluster, KubeletVerification, Spire, SpireProps, TrustDomain, WorkloadApiSocket } from '../../../../src';
import { strictErrors } from '../../../support/strict-schema';
import { synthPlatform } from '../../../support/synth';

const spire = (props: SpireProps = {}) => synthPlatform((platform) => new Spire(platform, 'spire', props));
const conf = (props: SpireProps = {}) => spire(props).object('ConfigMap', 'spire-agent').data['agent.conf'];
const daemonSet = (props: SpireProps = {}) => spire(props).object('DaemonSet', 'spire-agent').spec.template.spec;

test('the agent has every fact from the object that owns it', () => {
  expect(conf()).toContain(`agent {
  trust_domain = "example.org"
  server_address = "spire-server.spire-server.svc.cluster.local"
  server_port = 8081
  socket_path = "/run/spire/agent-sockets/spire-agent.sock"
  data_dir = "/run/spire/agent/data"
  trust_bundle_path = "/run/spire/agent/bundle/bundle.pem"
  trust_bundle_format = "pem"
  log_level = "INFO"
  log_format = "json"
}`);
});

test('the token of the agent has the audience that the server asks for, and is where the agent looks', () => {
  expect(daemonSet().volumes).toContainEqual({
    name: 'agent-token',
    projected: { sources: [{ serviceAccountToken: { audience: 'spire-server', expirationSeconds: 7200, path: 'spire-agent' } }] },
  });
  expect(conf()).toContain('token_path = "/run/spire/agent/token/spire-agent"');
  expect(daemonSet().containers[0].volumeMounts).toContainEqual({ name: 'agent-token', mountPath: '/run/spire/agent/token', readOnly: true });
});

test('the kubelet is verified, and found by the address of its node', () => {
  expect(conf()).toContain('skip_kubelet_verification = false');
  expect(conf()).toContain('node_name_env = "MY_NODE_ADDRESS"');
  expect(daemonSet().containers[0].env).toEqual([{ name: 'MY_NODE_ADDRESS', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } }]);
  expect(conf({ agent: { kubeletVerification: KubeletVerification.NONE } })).toContain('skip_kubelet_verification = true');
});

test('a pod whose proxy starts first can be attested', () => {
  expect(conf()).toContain('disable_container_selectors = true');
});

test('the agent sees the processes of its node, without its network and without capabilities', () => {
  expect(daemonSet().hostPID).toBe(true);
  expect(daemonSet().hostNetwork).toBeUndefined();
  expect(daemonSet().containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
  expect(daemonSet().tolerations).toEqual([{ operator: 'Exists' }]);
});

test('readiness shows that the agent is attested, liveness does not restart one that is not', () => {
  expect(daemonSet().containers[0].readinessProbe.httpGet).toEqual({ path: '/ready', port: 'health' });
  expect(daemonSet().containers[0].livenessProbe.httpGet).toEqual({ path: '/live', port: 'health' });
});

test('one socket object moves agent, host path and CSI driver together', () => {
  const socket = WorkloadApiSocket.of({ directory: '/run/id/sockets', fileName: 'api.sock', csiDriver: 'id.example.org' });
  expect(conf({ socket })).toContain('socket_path = "/run/id/sockets/api.sock"');
  expect(daemonSet({ socket }).volumes).toContainEqual({ name: 'agent-socket', hostPath: { path: '/run/id/sockets', type: 'DirectoryOrCreate' } });
  const driver = spire({ socket }).object('DaemonSet', 'spiffe-csi-driver').spec.template.spec;
  expect(driver.containers[0].args).toEqual([
    '-plugin-name', 'id.example.org', '-workload-api-socket-dir', '/run/id/sockets', '-csi-socket-path', '/spiffe-csi/csi.sock',
  ]);
  expect(driver.containers[1].args).toContain('/var/lib/kubelet/plugins/id.example.org/csi.sock');
  expect(spire({ socket }).object('CSIDriver', 'id.example.org').spec.volumeLifecycleModes).toEqual(['Ephemeral']);
  expect(strictErrors(spire({ socket }).allObjects)).toEqual([]);
});

test('the cluster name is the same in server, agent and controller manager', () => {
  const cluster = Cluster.of({ name: 'eu.west-1', trustDomain: TrustDomain.of('example.org') });
  const output = synthPlatform((platform) => new Spire(platform, 'spire'), cluster);
  expect(output.object('ConfigMap', 'spire-server').data['server.conf']).toContain('"eu.west-1" = {');
  expect(output.object('ConfigMap', 'spire-agent').data['agent.conf']).toContain('cluster = "eu.west-1"');
  expect(output.object('ConfigMap', 'spire-controller-manager').data['config.yaml']).toContain('clusterName: eu.west-1');
});

test('the agent may ask kubelets for their pods and nothing else', () => {
  expect(spire().object('ClusterRole', 'spire-agent').rules).toEqual([{ apiGroups: [''], resources: ['nodes/pods'], verbs: ['get'] }]);
});
