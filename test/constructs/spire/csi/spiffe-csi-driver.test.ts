import { Spire, SpireProps, WorkloadApiSocket } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const spire = (props: SpireProps = {}) => synthPlatform((platform) => new Spire(platform, 'spire', props));
const containers = (props: SpireProps = {}): any[] => spire(props).object('DaemonSet', 'spiffe-csi-driver').spec.template.spec.containers;

const OWN = WorkloadApiSocket.of({ directory: '/run/other', fileName: 'api.sock', csiDriver: 'csi.example.org' });

test('one socket feeds driver, registrar, host paths and CSIDriver', () => {
  const output = spire({ socket: OWN });
  const [driver, registrar] = containers({ socket: OWN });
  expect(output.object('CSIDriver', 'csi.example.org').spec.volumeLifecycleModes).toEqual(['Ephemeral']);
  expect(driver.args).toEqual(['-plugin-name', 'csi.example.org', '-workload-api-socket-dir', '/run/other', '-csi-socket-path', '/spiffe-csi/csi.sock']);
  expect(registrar.args).toContain('/var/lib/kubelet/plugins/csi.example.org/csi.sock');
  const paths = output.object('DaemonSet', 'spiffe-csi-driver').spec.template.spec.volumes.map((volume: any) => volume.hostPath.path);
  expect(paths).toEqual(['/run/other', '/var/lib/kubelet/plugins/csi.example.org', '/var/lib/kubelet/pods', '/var/lib/kubelet/plugins_registry']);
});

test('agent and driver share the directory on the node', () => {
  const hostPaths = (name: string) => spire({ socket: OWN }).object('DaemonSet', name).spec.template.spec.volumes
    .flatMap((volume: any) => volume.hostPath ? [volume.hostPath.path] : []);
  expect(hostPaths('spire-agent')).toContain('/run/other');
  expect(hostPaths('spiffe-csi-driver')).toContain('/run/other');
});

test('only the container that passes mounts on to the node is privileged', () => {
  const [driver, registrar] = containers();
  expect(driver.volumeMounts).toContainEqual({ name: 'pod-mounts', mountPath: '/var/lib/kubelet/pods', mountPropagation: 'Bidirectional' });
  expect(driver.securityContext.privileged).toBe(true);
  expect(registrar.securityContext.privileged).toBeUndefined();
  expect(driver.volumeMounts.find((mount: any) => mount.name === 'agent-socket').readOnly).toBe(true);
});

test('it runs on every node', () => {
  const spec = spire().object('DaemonSet', 'spiffe-csi-driver').spec.template.spec;
  expect([spec.tolerations, spec.priorityClassName, spec.nodeSelector]).toEqual([[{ operator: 'Exists' }], 'system-node-critical', undefined]);
});

test('another directory of the kubelet is mounted, registered and propagated', () => {
  const pod = synthPlatform((platform) => new Spire(platform, 'spire', { kubeletDirectory: '/var/lib/k0s/kubelet' }))
    .object('DaemonSet', 'spiffe-csi-driver').spec.template.spec;
  expect(pod.volumes.map((volume: any) => volume.hostPath?.path).filter((path: string) => path.includes('kubelet'))).toEqual([
    '/var/lib/k0s/kubelet/plugins/csi.spiffe.io', '/var/lib/k0s/kubelet/pods', '/var/lib/k0s/kubelet/plugins_registry',
  ]);
  expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'pod-mounts', mountPath: '/var/lib/k0s/kubelet/pods', mountPropagation: 'Bidirectional' });
  expect(pod.containers[1].args).toContain('/var/lib/k0s/kubelet/plugins/csi.spiffe.io/csi.sock');
});

test.each(['var/lib/kubelet', '/var/lib/kubelet/', '/var/../kubelet'])("fails for '%s', which is no directory of a kubelet", (kubeletDirectory) => {
  expect(() => synthPlatform((platform) => new Spire(platform, 'spire', { kubeletDirectory }))).toThrow(`kubeletDirectory '${kubeletDirectory}' is no absolute path`);
});
