import { SpireVersion, WorkloadAttestor } from '../../../../../src';
import { agentPod, configured } from '../../plugins/pods';

test('plugins without configuration have an empty plugin_data', () => {
  expect(configured(WorkloadAttestor.slurm()._plugin(), agentPod()).lines).toEqual(['']);
  const { lines, pod } = configured(WorkloadAttestor.systemd()._plugin(), agentPod());
  expect([lines, pod.volumeMounts]).toEqual([[''], [{ name: 'dbus-socket', mountPath: '/run/dbus/system_bus_socket' }]]);
});

test('fails for Slurm before 1.15.3', () => {
  expect(() => configured(WorkloadAttestor.slurm()._plugin(), agentPod(SpireVersion.of('1.15.2')))).toThrow('WorkloadAttestor.slurm needs SPIRE 1.15.3');
});
