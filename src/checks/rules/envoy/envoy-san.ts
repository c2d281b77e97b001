import { isAuthorized, rootOf, typed, validationOf } from '../../../model/envoy';
import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoySan: Rule = {
  id: 'ENVOY-SAN',
  level: Level.ERROR,
  title: 'a TLS context takes every identity of the trust domain',
  why: 'without a SAN matcher any workload that SPIRE knows may call, or pose as the server',
  fix: 'add match_typed_subject_alt_names with san_type: URI and the SPIFFE ID',
  source: 'observed: Envoy 1.40 with SPIRE 1.15.3',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const type of ['DownstreamTlsContext', 'UpstreamTlsContext']) {
        for (const { path, value } of typed(rootOf(envoy), type)) {
          const common = asObject(value.common_tls_context);
          const validation = validationOf(common);
          const sds = JSON.stringify(common).match(/"validation_context_sds_secret_config":.*/)?.[0] ?? '';
          // what comes of a file, or of the control plane, is none of SPIRE's
          const spire = sds !== '' && !/"(path(_config_source)?|ads)":/.test(sds);
          if (spire && validation && validation.matchers.length === 0 && !validation.old && !isAuthorized(envoy, path)) report.at(envoy, [...path, 'common_tls_context', ...validation.path], `${type} has no SAN matcher`);
        }
      }
    }
  },
};
