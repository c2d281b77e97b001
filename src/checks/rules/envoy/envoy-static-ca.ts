import { under } from '../../../model/envoy';
import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyStaticCa: Rule = {
  id: 'ENVOY-STATIC-CA',
  level: Level.WARNING,
  title: 'a CA of a file is overridden by the bundle of SPIRE',
  why: 'what SDS brings wins over default_validation_context: peers of the other CA are refused',
  fix: 'remove trusted_ca, and federate or share a root where both are to be believed',
  source: 'envoy CombinedCertificateValidationContext; kuma issue 14685',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of under(envoy, 'combined_validation_context')) {
        const { trusted_ca: own } = asObject(asObject(value).default_validation_context);
        if (own !== undefined && asObject(value).validation_context_sds_secret_config !== undefined) report.at(envoy, [...path, 'default_validation_context', 'trusted_ca'], 'trusted_ca stands beside a bundle of SDS');
      }
    }
  },
};
