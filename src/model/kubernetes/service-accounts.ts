import { Workload } from './workload';
import { collect } from '../collect';
import { once } from '../once';
import type { System } from '../system';

/** The workloads that run under a service account. */
export function runningAs(system: System, namespace: string, serviceAccount: string): readonly Workload[] {
  return byAccount(system).get(`${namespace}/${serviceAccount}`) ?? [];
}

const byAccount = once((system: System): Map<string, Workload[]> => {
  const found = new Map<string, Workload[]>();
  for (const workload of system.workloads) {
    const account = `${workload.namespace}/${workload.serviceAccount}`;
    collect(found, account, workload);
  }
  return found;
});
