import { asObject } from '../../../model/manifest';
import { ciliumVersion, requiredAuthentication } from '../../cilium-authentication';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const ciliumMutualAuthLater: Rule = {
  id: 'CILIUM-MUTUAL-AUTH-LATER',
  level: Level.INFO,
  title: 'mutual authentication of Cilium has an end',
  why: 'Cilium 1.20 deprecates it and the SPIRE it brings along; which Cilium this is for is not told here',
  fix: 'use ztunnel encryption, or a mesh, before Cilium 1.21',
  source: 'cilium issue 47132',
  check: (system, report) => {
    const untold = system.ciliumValues.filter(values => ciliumVersion(values) === undefined);
    for (const values of untold) {
      const { spire } = asObject(asObject(values.value.authentication).mutual);
      if (asObject(spire).enabled === true) report.at(values, ['authentication', 'mutual', 'spire', 'enabled'], 'authentication.mutual.spire.enabled: true');
    }
    if (untold.length < system.ciliumValues.length) return;
    for (const { policy, path } of requiredAuthentication(system)) report.at(policy, path, 'authentication.mode: required');
  },
};
