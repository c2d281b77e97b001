import { servicePorts } from '../../../model/kubernetes/service';
import { asObjects } from '../../../model/manifest';
import { listenPort } from '../../../model/spire/oidc';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOidcPort: Rule = {
  id: 'SPIRE-OIDC-PORT',
  level: Level.ERROR,
  title: 'a Service leads to a port at which the OIDC discovery provider does not listen',
  why: 'the connection is refused: no verifier gets the keys',
  fix: 'make targetPort the port of serving_cert_file, acme or insecure_addr',
  source: 'support/oidc-discovery-provider/README.md; Kubernetes Service',
  check: (system, report) => {
    for (const { config, workload, container } of system.oidcProviders) {
      const listens = config && workload && container ? listenPort(config) : undefined;
      if (listens === undefined) continue;
      const health = config!.file.block('health_checks')?.int('bind_port') ?? 8008;
      // what else is in the pod may listen, too
      const isAlone = workload!.containers.every(({ value, init }) => init || value === container!.value);
      for (const { service, port, target } of isAlone ? servicePorts(system, workload!) : []) {
        if (target === undefined || target === listens || target === health) continue;
        const at = asObjects(service.spec.ports).findIndex(one => Number(one.port) === port);
        report.at(service, ['spec', 'ports', at], `port ${port} leads to port ${target} of the pods, where the provider listens on ${listens}`);
      }
    }
  },
};
