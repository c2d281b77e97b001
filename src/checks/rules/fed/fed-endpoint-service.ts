import { servedBundles } from '../../../model/spire/bundle-endpoint';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedEndpointService: Rule = {
  id: 'FED-ENDPOINT-SERVICE',
  level: Level.ERROR,
  title: 'no Service leads to the bundle endpoint of a server',
  why: 'other trust domains cannot fetch the bundle',
  fix: 'add a Service, usually of type LoadBalancer, whose targetPort is the port of bundle_endpoint',
  source: 'doc/spire_server.md; Kubernetes Service',
  check: (system, report) => {
    for (const { server, port, address, services } of servedBundles(system)) {
      const line = server.config!.server.block('federation')!.at('bundle_endpoint').line;
      if (server.workload && /^(127\.|::1$)/.test(address)) report.in(server.text, line, `the endpoint listens on ${address}, which nothing outside of its pod reaches`, 'set address = "0.0.0.0"');
      if (services?.length === 0) report.in(server.text, line, `nothing leads to port ${port}, at which the bundle is served`);
    }
  },
};
