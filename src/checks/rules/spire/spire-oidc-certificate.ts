import { asText, asTexts } from '../../../model/manifest';
import { isUnknown, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOidcCertificate: Rule = {
  id: 'SPIRE-OIDC-CERTIFICATE',
  level: Level.WARNING,
  title: 'the certificate of the OIDC discovery provider has none of its domains',
  why: 'who verifies tokens gets no keys: "certificate is valid for …, not …"; a proxy before it must call it by another name',
  fix: 'add the domains to dnsNames of the Certificate',
  source: 'support/oidc-discovery-provider/README.md',
  check: (system, report) => {
    if (system.oidcProviders.length === 0) return;
    const certificates = new Map(system.all('Certificate').filter(({ group }) => group === 'cert-manager.io')
      .map(certificate => [`${certificate.namespace}/${asText(certificate.spec.secretName)}`, certificate]));
    for (const provider of system.oidcProviders) {
      const [file, domains] = [provider.config?.file.block('serving_cert_file')?.text('cert_file_path') ?? '', provider.config?.file.texts('domains') ?? []];
      if (!provider.workload || file === '' || domains.length === 0 || [file, ...domains].some(isUnknown)) continue;
      const secret = asText(volumeAt(provider, file)?.secret?.secretName);
      const certificate = secret === '' ? undefined : certificates.get(`${provider.workload.namespace}/${secret}`);
      const names = certificate ? [...asTexts(certificate.spec.dnsNames), asText(certificate.spec.commonName)].filter(name => name !== '') : [];
      if (names.length === 0 || names.some(name => /[${]/.test(name)) || domains.some(domain => names.some(name => covers(name, domain)))) continue;
      report.at(certificate!, ['spec', 'dnsNames'], `it is for ${names.join(', ')}; the domains are ${domains.join(', ')}`);
    }
  },
};

function covers(name: string, domain: string): boolean {
  const host = domain.replace(/:\d+$/, '');
  return name === host || name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1);
}
