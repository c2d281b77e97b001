import { isFilledIn } from '../../../model/filled-in';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { selectsLabels } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asList, asObject, asRecord } from '../../../model/manifest';
import { templatesOf } from '../../../model/mesh/injection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewaySelector: Rule = {
  id: 'MESH-GATEWAY-SELECTOR',
  level: Level.WARNING,
  title: 'a Gateway selects no gateway',
  why: 'no proxy opens its ports: callers find a closed port, or another Gateway\'s routes',
  fix: 'use labels of the pods of the gateway',
  source: 'istio Gateway selector; istioctl analyze IST0101',
  check: (system, report) => {
    const written = system.all('Gateway').filter(({ group }) => group === 'networking.istio.io');
    const gateways = written.length > 0 ? system.workloads.filter(isGateway) : [];
    for (const gateway of gateways.length > 0 ? written : []) {
      const wanted = asRecord(gateway.spec.selector);
      const isFound = system.clusters.some(({ workloads }) => workloads.some(({ labels }) => selectsLabels(wanted, labels)));
      const values = Object.values(wanted);
      if (isFound || values.length === 0 || values.some(isFilledIn) || mayBeElsewhere(system, gateway, gateways)) continue;
      const shown = Object.entries(wanted).map(([key, value]) => `${key}: ${value}`).join(', ');
      report.at(gateway, ['spec', 'selector'], `no pod has ${shown}; there is ${gateways.map(labelsOf).slice(0, 3).join('; ')}`);
    }
  },
};

function isGateway(workload: Workload): boolean {
  const isRouter = workload.containers.some(({ name, args }) => name === 'istio-proxy' && args.includes('router'));
  return isRouter || templatesOf(workload).some(name => /gateway/.test(name));
}

/** What Istio's installers and charts select by name may be installed by them, unless a gateway of the same direction is here. */
function mayBeElsewhere(system: System, gateway: Manifest, gateways: readonly Workload[]): boolean {
  const isInstalled = mayHaveOtherPods(system, gateway.namespace) || INSTALLERS.some(kind => system.all(kind).length > 0)
    || system.all('IstioOperator').some(({ spec }) => ['ingressGateways', 'egressGateways'].some(name => asList(asObject(spec.components)[name]).length > 0));
  const [, direction] = /^(?:istio-)?(ingress|egress|eastwest)(?:gateway)?$/.exec(asRecord(gateway.spec.selector).istio ?? '') ?? [];
  return direction === undefined ? isInstalled : !gateways.some(({ name }) => name.includes(direction));
}

/** What installs charts, of gateways perhaps. */
const INSTALLERS = ['HelmRelease', 'HelmChart', 'Application', 'ApplicationSet'];

function labelsOf({ namespace, name, labels }: Workload): string {
  const shown = Object.entries(labels).filter(([key]) => /^(app|istio)$/.test(key)).map(([key, value]) => `${key}: ${value}`).join(', ');
  return `${namespace}/${name} with ${shown || 'other labels'}`;
}
