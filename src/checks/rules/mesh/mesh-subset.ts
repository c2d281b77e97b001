import { selectsLabels } from '../../../model/kubernetes/selector';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { serviceOf } from '../../../model/mesh/hosts';
import { workloadsWith } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSubset: Rule = {
  id: 'MESH-SUBSET',
  level: Level.ERROR,
  title: 'a route goes to a subset that is not there',
  why: 'every request of the route ends in 503',
  fix: 'define the subset, or deploy pods with its labels',
  source: 'observed: istioctl analyze does not see missing pods',
  check: (system, report) => {
    const rulesOf = new Map<string, Manifest[]>();
    for (const rule of system.all('DestinationRule')) {
      const host = full(asText(rule.spec.host), rule.namespace);
      const rules = rulesOf.get(host);
      if (rules) rules.push(rule);
      else rulesOf.set(host, [rule]);
    }
    for (const virtual of system.all('VirtualService')) {
      ['http', 'tcp', 'tls'].forEach(protocol => asObjects(virtual.spec[protocol]).forEach((route, i) => asObjects(route.route).forEach((target, j) => {
        const destination = asObject(target.destination);
        const subset = asText(destination.subset);
        const path = ['spec', protocol, i, 'route', j, 'destination', 'subset'];
        const rules = rulesOf.get(full(asText(destination.host), virtual.namespace)) ?? [];
        if (subset === '' || rules.length === 0) return;
        const found = rules.flatMap(rule => asObjects(rule.spec.subsets)).find(candidate => candidate.name === subset);
        if (!found) {
          report.at(virtual, path, `no DestinationRule of ${asText(destination.host)} has the subset "${subset}"`);
          return;
        }
        const service = serviceOf(system, asText(destination.host), virtual.namespace);
        const pods = service ? workloadsWith(system, service.namespace, service.spec.selector) : [];
        if (pods.length > 0 && !pods.some(workload => selectsLabels(found.labels, workload.labels))) {report.at(virtual, path, `no workload of ${asText(destination.host)} has the labels of the subset "${subset}"`);}
      })));
    }
  },
};

/** A host without what may be left out of it. */
function full(host: string, namespace: string): string {
  return host.includes('.') ? host.replace(/\.svc(\.cluster\.local)?$/, '') : `${host}.${namespace}`;
}
