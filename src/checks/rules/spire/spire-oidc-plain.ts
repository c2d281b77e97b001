import { servicePorts } from '../../../model/kubernetes/service';
import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOidcPlain: Rule = {
  id: 'SPIRE-OIDC-PLAIN',
  level: Level.WARNING,
  title: 'the keys of JWT-SVIDs are served to the outside without TLS',
  why: 'who sits between can give verifiers keys of their own, and so make any identity; clouds and Vault want https anyway',
  fix: 'use serving_cert_file, or a Service of type ClusterIP behind a gateway that ends TLS',
  source: 'support/oidc-discovery-provider/README.md',
  check: (system, report) => {
    for (const { config, workload, text } of system.oidcProviders) {
      const address = config?.file.text('insecure_addr') ?? '';
      const port = Number(address.slice(address.lastIndexOf(':') + 1));
      const near = workload ? servicePorts(system, workload).filter(({ target }) => target === port).map(({ service }) => service)
        : system.all('Service').filter(service => service.namespace === text.manifest?.namespace && asObjects(service.spec.ports).some(one => Number(one.targetPort ?? one.port) === port));
      const open = address === '' ? undefined : near.find(({ spec }) => ['LoadBalancer', 'NodePort'].includes(asText(spec.type)));
      if (open) report.at(open, ['spec', 'type'], `${open.name} leads to insecure_addr ${address}`);
    }
  },
};
