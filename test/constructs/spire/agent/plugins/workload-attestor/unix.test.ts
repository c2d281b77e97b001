import { Size } from 'cdk8s';
import { WorkloadAttestor } from '../../../../../../src';
import { agentPod, configured } from '../../../plugins/pods';

test('the limit is in bytes', () => {
  expect(configured(WorkloadAttestor.unix({ workloadSizeLimit: Size.gibibytes(1) })._plugin(), agentPod()).lines).toEqual(['workload_size_limit = 1073741824']);
});

test('fails for a limit below the size of the agent', () => {
  expect(() => WorkloadAttestor.unix({ workloadSizeLimit: Size.mebibytes(10) })).toThrow('workloadSizeLimit of 10240 KiB is less than 256 MiB');
});
