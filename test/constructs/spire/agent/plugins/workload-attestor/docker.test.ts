import { DockerWorkloadAttestorProps, WorkloadAttestor } from '../../../../../../src';
import { agentPod, configured } from '../../../plugins/pods';

const attest = (props: DockerWorkloadAttestorProps = {}) => configured(WorkloadAttestor.docker(props)._plugin(), agentPod());

test('the socket comes from the node, and patterns turn the new search off', () => {
  expect(attest().pod.volumes).toEqual([{ name: 'docker-socket', hostPath: { path: '/var/run/docker.sock', type: 'Socket' } }]);
  expect(attest({ containerIdCgroupMatchers: ['/x/<id>'] }).lines).toContain('use_new_container_locator = false');
  expect(attest({ podmanSocketTemplate: '/run/user/%d/podman/podman.sock' }).pod.volumes[1]).toEqual(
    { name: 'podman-users', hostPath: { path: '/run/user', type: 'Directory' } });
});

test.each<[DockerWorkloadAttestorProps, string]>([
  [{ dockerSocket: 'unix:///var/run/docker.sock' }, "dockerSocket 'unix:///var/run/docker.sock' is no absolute path"],
  [{ podmanSocketTemplate: '/run/user/%s/p.sock' }, "needs exactly one '%d'"],
  [{ dockerVersion: '' }, 'dockerVersion is empty'],
])('fails for %j', (props, message) => {
  expect(() => attest(props)).toThrow(message);
});
