import { heldChart } from '../model/held-chart';
import { Manifest, Path, asObject, asObjects } from '../model/manifest';
import { System } from '../model/system';

/** The major and minor version of Cilium that values are for; undefined where the chart does not tell. */
export function ciliumVersion(values: Manifest): [number, number] | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(heldChart(values)?.version ?? '') ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

/** Where policies of Cilium ask for mutual authentication. */
export function requiredAuthentication(system: System): { policy: Manifest; path: Path }[] {
  const policies = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'].flatMap(kind => system.all(kind));
  return policies.flatMap(policy => ['ingress', 'egress'].flatMap(direction => asObjects(policy.spec[direction]).flatMap((rule, i) =>
    (asObject(rule.authentication).mode === 'required' ? [{ policy, path: ['spec', direction, i, 'authentication'] }] : []))));
}
