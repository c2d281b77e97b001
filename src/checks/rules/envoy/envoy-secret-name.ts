import { agentSecrets } from '../../../model/envoy';
import { isFilledIn } from '../../../model/filled-in';
import { asObject } from '../../../model/manifest';
import { secretNamesInValues } from '../../../model/spire/charts';
import { isUnknown } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySecretName: Rule = {
  id: 'ENVOY-SECRET-NAME',
  level: Level.ERROR,
  title: 'a secret has a name that SPIRE does not know',
  why: 'SPIRE refuses the whole request with InvalidArgument, and Envoy gets no certificate',
  fix: 'name a certificate by its SPIFFE ID or default, a bundle by spiffe://<trust domain>, ROOTCA or ALL',
  source: 'pkg/agent/endpoints/sdsv3/handler.go',
  check: (system, report) => {
    const [svids, bundles] = [namesOf(system, ['default_svid_name']), namesOf(system, ['default_bundle_name', 'default_all_bundles_name'])];
    for (const envoy of system.envoys) {
      for (const { kind, name, path } of agentSecrets(envoy)) {
        const known = kind === 'certificate' ? svids : bundles;
        const isId = kind === 'certificate' ? /^spiffe:\/\/[^/]+\/.+/.test(name) : /^spiffe:\/\/[^/]+$/.test(name);
        if (kind === 'bundle' && name === 'ALL' && asObject(asObject(asObject(envoy.value).node).metadata).disable_spiffe_cert_validation === true) {
          report.at(envoy, path, 'SPIRE gives "ALL" to its own validator only, and node.metadata says disable_spiffe_cert_validation', 'remove disable_spiffe_cert_validation');
        }
        if (!isId && !known.includes(name) && !isFilledIn(name)) report.at(envoy, path, `SPIRE has no ${kind} "${name}", but ${known.map(one => `"${one}"`).join(', ')}`);
      }
    }
  },
};

const STANDARD: Record<string, string> = { default_svid_name: 'default', default_bundle_name: 'ROOTCA', default_all_bundles_name: 'ALL' };

/** The names under which agents give secrets: those of the standard, too, where not all agents are seen to have others. */
function namesOf(system: System, keys: readonly string[]): string[] {
  const seen = system.agents.map(({ config }) => config && keys.map(key => config.agent.block('sds')?.text(key) || STANDARD[key]));
  const isWhole = seen.length > 0 && seen.every(names => names !== undefined && !names.some(isUnknown)) && system.spireValues.length === 0;
  const names = seen.flatMap(one => one ?? []);
  return [...new Set(isWhole ? names : [...keys.map(key => STANDARD[key]), ...names, ...secretNamesInValues(system)])];
}
