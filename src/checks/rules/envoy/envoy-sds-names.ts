import { rootOf, typed } from '../../../model/envoy';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySdsNames: Rule = {
  id: 'ENVOY-SDS-NAMES',
  level: Level.INFO,
  title: 'the name of a secret gets into metric names',
  why: 'a dot or slash in it cuts the tag, the rest becomes part of the metric\'s name',
  fix: 'use default and ROOTCA, or set stats_tags',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      const context = [...typed(rootOf(envoy), 'DownstreamTlsContext'), ...typed(rootOf(envoy), 'UpstreamTlsContext')][0];
      const secret = asObjects(asObject(context?.value.common_tls_context).tls_certificate_sds_secret_configs)[0];
      if (secret && /[./]/.test(asText(secret.name)) && asObject(envoy.value).stats_config === undefined) report.at(envoy, [...context.path, 'common_tls_context'], `secret "${asText(secret.name)}"`);
    }
  },
};
