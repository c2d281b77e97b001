import { asTexts } from '../../../model/manifest';
import { clusterSpiffeIds } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdPodDns: Rule = {
  id: 'SPIRE-ID-POD-DNS',
  level: Level.WARNING,
  title: 'an identity has a DNS name that does not exist',
  why: 'a pod has no DNS name of the form pod.namespace.svc; the first name becomes the CN of the certificate',
  fix: 'use autoPopulateDNSNames: true, or no DNS names',
  source: 'Kubernetes DNS specification; pkg/server/credtemplate/builder.go',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      asTexts(id.spec.dnsNameTemplates).forEach((name, i) => {
        if (/^\{\{-?\s*\.PodMeta\.Name\s*-?\}\}\.[^/]*\.svc/.test(name)) report.at(id, ['spec', 'dnsNameTemplates', i], `"${name}" is no DNS name of a pod`);
      });
    }
  },
};
