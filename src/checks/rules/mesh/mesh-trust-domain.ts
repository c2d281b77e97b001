import { isFilledIn } from '../../../model/filled-in';
import { Path, asObjects, asTexts } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTrustDomain: Rule = {
  id: 'MESH-TRUST-DOMAIN',
  level: Level.ERROR,
  title: 'a trust domain of the mesh is not one Istio takes',
  why: 'Istio wants DNS labels: SPIFFE\'s underscore is not among them, and neither are a scheme or a star',
  fix: 'use letters, digits, dots and dashes',
  source: 'istio pkg/config/validation/agent/validation.go',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      const name = mesh.trustDomain.replace(/\.$/, '');
      if (!isDomain(name)) report.at(mesh.manifest, [...mesh.config.path, 'trustDomain'], `trustDomain "${mesh.trustDomain}" is not made of DNS labels`);
      else if (name !== name.toLowerCase() && !isFilledIn(name)) report.at(mesh.manifest, [...mesh.config.path, 'trustDomain'], `trustDomain "${mesh.trustDomain}" has upper-case letters: those of SPIFFE have none, and no certificate fits`);
      for (const { path, value } of othersOf(mesh)) {
        if (!isDomain(value)) report.at(mesh.manifest, path, `trust domain "${value}" is not made of DNS labels`, 'write each trust domain, without scheme and star');
      }
    }
  },
};

function isDomain(name: string): boolean {
  return isFilledIn(name) || name.split('.').every(label => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/i.test(label));
}

/** The other trust domains of a mesh: its aliases, and those whose peers it lets in. */
function othersOf({ config }: Mesh): { path: Path; value: string }[] {
  const aliases = asTexts(config.value.trustDomainAliases).map((value, i) => ({ path: [...config.path, 'trustDomainAliases', i], value }));
  return [...aliases, ...asObjects(config.value.caCertificates).flatMap((ca, i) =>
    asTexts(ca.trustDomains).map((value, j) => ({ path: [...config.path, 'caCertificates', i, 'trustDomains', j], value })))];
}
