import { asTexts } from '../../../model/manifest';
import { clusterSpiffeIds } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdWildcardDns: Rule = {
  id: 'SPIRE-ID-WILDCARD-DNS',
  level: Level.INFO,
  title: 'an identity has a wildcard DNS name',
  why: 'an edge certificate comes from credentialName, not from the SVID; the wildcard lets the workload pose as any host to clients that look at DNS names',
  fix: 'remove the DNS name',
  source: 'pkg/common/x509util/dns.go; istio Gateway',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      asTexts(id.spec.dnsNameTemplates).forEach((name, i) => name.startsWith('*.') && report.at(id, ['spec', 'dnsNameTemplates', i], `"${name}" goes into the certificate`));
    }
  },
};
