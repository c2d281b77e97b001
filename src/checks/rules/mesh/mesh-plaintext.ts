import { asObject } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshPlaintext: Rule = {
  id: 'MESH-PLAINTEXT',
  level: Level.WARNING,
  title: 'a PeerAuthentication lets callers in without mutual TLS',
  why: 'a caller without certificate has no identity: principals never match it, and everything that is not denied by address is open to it',
  fix: 'use STRICT, and portLevelMtls for a single port that must stay open',
  source: 'istio PeerAuthentication',
  check: (system, report) => {
    for (const policy of system.all('PeerAuthentication').filter(one => one.group === 'security.istio.io')) {
      const mode = asObject(policy.spec.mtls).mode;
      if (mode === 'PERMISSIVE' || mode === 'DISABLE') report.at(policy, ['spec', 'mtls', 'mode'], `mode is ${mode}`);
    }
  },
};
