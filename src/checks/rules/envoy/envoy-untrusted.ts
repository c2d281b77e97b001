import { under } from '../../../model/envoy';
import { enumOf } from '../../../model/envoy-names';
import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyUntrusted: Rule = {
  id: 'ENVOY-UNTRUSTED',
  level: Level.WARNING,
  title: 'certificates that no authority signed are accepted',
  why: 'with ACCEPT_UNTRUSTED Envoy\'s own validator lets a peer in whose certificate anybody could have made: its SPIFFE ID proves nothing',
  fix: 'remove trust_chain_verification',
  source: 'envoy transport_sockets/tls/v3/common.proto TrustChainVerification',
  check: (system, report) => {
    for (const envoy of [...system.envoys, ...system.all('EnvoyFilter').filter(({ group }) => group === 'networking.istio.io')]) {
      for (const { path, value } of [...under(envoy, 'default_validation_context'), ...under(envoy, 'validation_context')]) {
        if (enumOf(asObject(value).trust_chain_verification) === 'ACCEPT_UNTRUSTED') report.at(envoy, [...path, 'trust_chain_verification'], 'trust_chain_verification is ACCEPT_UNTRUSTED');
      }
    }
  },
};
