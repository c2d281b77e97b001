import { Level } from '../../finding';
import { judgeAll } from '../../refusals/objects';
import { WORKLOAD_GROUP } from '../../refusals/workloads';
import { Rule } from '../../rule';

export const meshWorkloadGroupShape: Rule = {
  id: 'MESH-WORKLOAD-GROUP-SHAPE',
  level: Level.ERROR,
  title: 'a WorkloadGroup has a form that Istio refuses',
  why: 'the API server or istiod\'s webhook refuses it',
  fix: 'correct the labels, or the probe: one of httpGet, tcpSocket and exec, as in a pod',
  source: 'istio pkg/config/validation/validation.go, ValidateWorkloadGroup; WorkloadGroup CRD',
  check: (system, report) => judgeAll(system, report, ['networking.istio.io', 'WorkloadGroup'], WORKLOAD_GROUP),
};
