import { agentSecrets } from '../../../model/envoy';
import { isFilledIn } from '../../../model/filled-in';
import { asObject } from '../../../model/manifest';
import { secretNamesInValues } from '../../../model/spire/charts';
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
    const own = [...system.agents.map(agent => agent.config?.agent.block('sds')).flatMap(sds => NAMES.map(name => sds?.text(name) ?? '')), ...secretNamesInValues(system)];
    for (const envoy of system.envoys) {
      for (const { kind, name, path } of agentSecrets(envoy)) {
        const known = kind === 'certificate' ? ['default', ...own] : ['ROOTCA', 'ALL', ...own];
        const isId = kind === 'certificate' ? /^spiffe:\/\/[^/]+\/.+/.test(name) : /^spiffe:\/\/[^/]+$/.test(name);
        if (kind === 'bundle' && name === 'ALL' && asObject(asObject(asObject(envoy.value).node).metadata).disable_spiffe_cert_validation === true) {
          report.at(envoy, path, 'SPIRE gives "ALL" to its own validator only, and node.metadata says disable_spiffe_cert_validation', 'remove disable_spiffe_cert_validation');
        }
        if (!isId && !known.includes(name) && !isFilledIn(name)) report.at(envoy, path, `SPIRE has no ${kind} "${name}"`);
      }
    }
  },
};

const NAMES = ['default_svid_name', 'default_bundle_name', 'default_all_bundles_name'];
