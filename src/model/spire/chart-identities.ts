import { spireChart } from './charts';
import { isIgnored } from './entries';
import { isFilledIn } from '../filled-in';
import { isEmptySelector, selects } from '../kubernetes/selector';
import { Workload } from '../kubernetes/workload';
import { Json, asObject } from '../manifest';
import { podLabels } from '../mesh/injection';
import { System } from '../system';

/** Whether the chart of SPIRE makes an entry for the pods of a workload, or may do so. */
export function mayBeIdentified(system: System, workload: Workload): boolean {
  const identities = spireChart(system)?.identities;
  if (system.spireValues.length === 0 || identities === undefined) return system.spireValues.length > 0;
  return !isIgnored(system, workload.namespace) && identities.some(identity => maySelect(system, identity, workload));
}

function maySelect(system: System, { namespaceSelector, podSelector }: Json, workload: Workload): boolean {
  if ([namespaceSelector, podSelector].some(selector => isFilledIn(JSON.stringify(asObject(selector))))) return true;
  if (!isEmptySelector(namespaceSelector) && system.labelsOf(workload.namespace) === undefined) return true;
  return system.selectsNamespace(namespaceSelector, workload.namespace) && selects(podSelector, podLabels(system, workload));
}
