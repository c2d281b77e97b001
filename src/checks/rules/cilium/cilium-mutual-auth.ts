import { heldChart } from '../../../model/held-chart';
import { Manifest, asObject, asObjects } from '../../../model/manifest';
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
    // what the policies are for is what is installed, where that is told
    if (system.ciliumValues.length > 0 && !system.ciliumValues.some(isDeprecating)) return;
    for (const kind of ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']) {
      for (const policy of system.all(kind)) {
        for (const direction of ['ingress', 'egress']) {
          asObjects(policy.spec[direction]).forEach((rule, i) => asObject(rule.authentication).mode === 'required' && report.at(policy, ['spec', direction, i, 'authentication'], 'authentication.mode: required'));
        }
      }
    }
  },
};

/** Whether values are for a Cilium that deprecates it, as far as the version of the chart is told. */
function isDeprecating(values: Manifest): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(heldChart(values)?.version ?? '') ?? [];
  return major === undefined || Number(major) > 1 || Number(minor) >= 20;
}
