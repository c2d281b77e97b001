import { asTexts } from '../../../model/manifest';
import { clusterSpiffeIds, staticEntries } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdDns: Rule = {
  id: 'SPIRE-ID-DNS',
  level: Level.ERROR,
  title: 'a DNS name of an identity is not valid',
  why: 'SPIRE refuses the whole entry, and the pod has no identity',
  fix: 'correct the name, or use autoPopulateDNSNames',
  source: 'pkg/common/x509util/dns.go',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      asTexts(id.spec.dnsNameTemplates).forEach((name, i) => {
        const reason = reasonOf(name.replace(/\{\{[^}]*\}\}/g, 'x'));
        if (reason) report.at(id, ['spec', 'dnsNameTemplates', i], `"${name}" is no DNS name: ${reason}`);
      });
      const covered = overlapOf(asTexts(id.spec.dnsNameTemplates));
      if (covered) report.at(id, ['spec', 'dnsNameTemplates', covered.at], covered.message);
    }
    for (const entry of staticEntries(system)) {
      asTexts(entry.spec.dnsNames).forEach((name, i) => {
        const reason = reasonOf(name);
        if (reason) report.at(entry, ['spec', 'dnsNames', i], `"${name}" is no DNS name: ${reason}`);
      });
      const covered = overlapOf(asTexts(entry.spec.dnsNames));
      if (covered) report.at(entry, ['spec', 'dnsNames', covered.at], covered.message);
    }
  },
};

/** A name that a wildcard beside it covers: SPIRE takes both as one claim, and refuses it. */
function overlapOf(names: string[]): { at: number; message: string } | undefined {
  const wildcards = names.filter(name => name.startsWith('*.'));
  const at = names.findIndex(name => !name.startsWith('*.') && wildcards.some(wildcard => name.slice(name.replace(/\{\{[^}]*\}\}/g, match => 'x'.repeat(match.length)).indexOf('.')) === wildcard.slice(1)));
  return at < 0 ? undefined : { at, message: `"${names[at]}" is covered by the wildcard beside it` };
}

function reasonOf(name: string): string | undefined {
  if (name.trim() === '') return 'it is empty';
  if (/[^\x20-\x7e]/.test(name)) return 'it is not ASCII';
  if (/\s/.test(name)) return 'it has a space';
  if (/[:/]/.test(name)) return 'it has a colon or a slash, as URLs and addresses have';
  if (name.endsWith('.')) return 'it ends with a dot';
  const labels = name.split('.');
  if (labels.includes('')) return 'it has an empty label';
  if (labels.some((label, i) => label.includes('*') && (i > 0 || label !== '*'))) return 'a wildcard must be the whole first label';
  return labels.some(label => label.length > 63) || name.length > 253 ? 'it is too long' : undefined;
}
