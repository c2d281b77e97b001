import { Level } from '../../finding';
import { judgeAll } from '../../refusals/objects';
import { WORKLOAD_ENTRY } from '../../refusals/workloads';
import { Rule } from '../../rule';

export const meshWorkloadEntryShape: Rule = {
  id: 'MESH-WORKLOAD-ENTRY-SHAPE',
  level: Level.ERROR,
  title: 'a WorkloadEntry has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it',
  fix: 'give it the address of the workload, and ports and labels by names that are taken',
  source: 'istio pkg/config/validation/validation.go, ValidateWorkloadEntry; WorkloadEntry CRD',
  check: (system, report) => judgeAll(system, report, ['networking.istio.io', 'WorkloadEntry'], WORKLOAD_ENTRY),
};
