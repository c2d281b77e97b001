import { isFilledIn } from '../../../model/filled-in';
import { isEmptySelector, selects } from '../../../model/kubernetes/selector';
import { isWhole } from '../../../model/kubernetes/whole';
import { Workload } from '../../../model/kubernetes/workload';
import { fileOf, filesBelow, kustomizationsOf } from '../../../model/kustomize';
import { givesSelectors } from '../../../model/kustomize-labels';
import { asObject, asRecord } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsSelector: Rule = {
  id: 'OPS-SELECTOR',
  level: Level.ERROR,
  title: 'a selector is none, or a workload does not select its own pods',
  why: 'the API server refuses the object',
  fix: 'give the template the labels of spec.selector; write them below matchLabels in a workload, and without it in a Service',
  source: 'Kubernetes pkg/apis/apps/validation/validation.go',
  check: (system, report) => {
    for (const workload of system.workloads.filter(({ manifest }) => manifest.group === 'apps')) {
      const { selector } = workload.manifest.spec;
      const fault = faultOf(workload);
      if (fault !== undefined && isWhole(system, workload.manifest) && !labelledFiles(system).has(fileOf(workload.manifest))) report.at(workload.manifest, selector === undefined ? ['spec'] : ['spec', 'selector'], fault);
    }
    for (const service of system.all('Service').filter(({ group }) => group === '')) {
      const wrong = Object.entries(asObject(service.spec.selector)).find(([, value]) => typeof value === 'object' && value !== null);
      if (wrong) report.at(service, ['spec', 'selector', wrong[0]], `the selector of a Service has labels only, and no ${wrong[0]}`);
    }
  },
};

/** The files of objects whose selectors get labels of a kustomization. */
const labelledFiles = once((system: System): ReadonlySet<string> =>
  new Set(kustomizationsOf(system).filter(givesSelectors).flatMap(one => [...filesBelow(system, one)])));

function faultOf({ manifest, labels }: Workload): string | undefined {
  const { selector } = manifest.spec;
  if (!isEmptySelector(selector) && selects(selector, labels)) return undefined;
  if ([...Object.values(labels), JSON.stringify(selector ?? '')].some(isFilledIn)) return undefined;
  if (selector === undefined || selector === null) return 'there is no spec.selector';
  if (isEmptySelector(selector)) return 'spec.selector has neither matchLabels nor matchExpressions';
  return `the selector wants ${shown(asRecord(asObject(selector).matchLabels))}, the pods have ${shown(labels)}`;
}

function shown(labels: Record<string, string>): string {
  return Object.entries(labels).map(([key, value]) => `${key}: ${value}`).join(', ') || 'no label';
}
