import { clustersTrusting } from '../../../model/clusters';
import { isHidden } from '../../../model/kubernetes/service';
import { servedBundles } from '../../../model/spire/bundle-endpoint';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEndpointInside: Rule = {
  id: 'FED-ENDPOINT-INSIDE',
  level: Level.WARNING,
  title: 'a bundle endpoint that another cluster calls has an address in its own cluster only',
  why: 'a Service of type ClusterIP is not reached from outside: the other cluster cannot fetch the bundle',
  fix: 'use type LoadBalancer, or lead an Ingress that passes TLS through to the Service',
  source: 'Kubernetes Service',
  check: (system, report) => {
    for (const { server, services } of servedBundles(system)) {
      const trusting = clustersTrusting(system, server.config!.server.text('trust_domain')).filter(other => other !== system);
      if (trusting.length === 0 || !services || services.length === 0) continue;
      const found = services.map(({ service }) => service);
      if (found.every(service => isHidden(system, service))) {
        report.at(found[0], ['spec', 'type'], `Service ${found[0].namespace}/${found[0].name} is of type ClusterIP, and another cluster fetches the bundle`);
      }
    }
  },
};
