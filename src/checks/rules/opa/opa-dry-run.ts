import { asObject } from '../../../model/manifest';
import { opaConfigs, pluginOf } from '../../../model/opa';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opaDryRun: Rule = {
  id: 'OPA-DRY-RUN',
  level: Level.WARNING,
  title: 'the Envoy plugin of OPA lets everything in',
  why: 'with dry-run it decides, writes the decision into its log, and answers yes',
  fix: 'remove dry-run once the decisions in the log are right',
  source: 'opa-envoy-plugin internal/internal.go',
  check: (system, report) => {
    for (const config of opaConfigs(system)) {
      if (asObject(pluginOf(config))['dry-run'] === true) report.at(config, ['plugins', 'envoy_ext_authz_grpc', 'dry-run'], 'dry-run is true');
    }
  },
};
