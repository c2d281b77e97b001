import { Manifest, asObject } from '../../../model/manifest';
import { ciliumVersion, requiredAuthentication } from '../../cilium-authentication';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const ciliumMutualAuth: Rule = {
  id: 'CILIUM-MUTUAL-AUTH',
  level: Level.WARNING,
  title: 'mutual authentication of Cilium is going away',
  why: 'Cilium 1.20 deprecates it and the SPIRE it brings along; it never encrypted',
  fix: 'use ztunnel encryption, or a mesh',
  source: 'cilium issue 47132',
  check: (system, report) => {
    for (const values of system.ciliumValues) {
      const { encryption, authentication } = values.value;
      const isBoth = asObject(encryption).enabled === true && asObject(encryption).type === 'ztunnel' && asObject(asObject(asObject(authentication).mutual).spire).enabled === true;
      if (isBoth) report.at(values, ['encryption', 'type'], 'encryption.type: ztunnel beside authentication.mutual.spire: Cilium takes one of them');
    }
    for (const values of system.ciliumValues.filter(isDeprecating)) {
      const { spire } = asObject(asObject(values.value.authentication).mutual);
      if (asObject(spire).enabled === true) report.at(values, ['authentication', 'mutual', 'spire', 'enabled'], 'authentication.mutual.spire.enabled: true');
    }
    // what the policies are for is what is installed
    if (!system.ciliumValues.some(isDeprecating)) return;
    for (const { policy, path } of requiredAuthentication(system)) report.at(policy, path, 'authentication.mode: required');
  },
};

/** Whether values are told to be for a Cilium that deprecates it. */
function isDeprecating(values: Manifest): boolean {
  const [major, minor] = ciliumVersion(values) ?? [0, 0];
  return major > 1 || minor >= 20;
}
