import { asObject, asText } from '../../../model/manifest';
import { isUnknown } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const linkerdKeyType: Rule = {
  id: 'LINKERD-KEY-TYPE',
  level: Level.ERROR,
  title: 'SPIRE signs for proxies of Linkerd with a key that they do not take',
  why: 'Linkerd believes certificates of ECDSA keys on P-256 only: calls of the machines outside of the cluster are refused',
  fix: 'write ca_key_type = "ec-p256", or leave it out',
  source: 'Linkerd: adding non-Kubernetes workloads; linkerd2-proxy, rustls',
  check: (system, report) => {
    const domains = new Set(['root.linkerd.cluster.local', ...system.all('ExternalWorkload').filter(({ group }) => group === 'workload.linkerd.io')
      .flatMap(({ spec }) => /^spiffe:\/\/([^/]+)\//.exec(asText(asObject(spec.meshTLS ?? spec.meshTls).identity))?.[1] ?? [])]);
    for (const { config, text } of system.servers) {
      const type = config?.server.text('ca_key_type') ?? '';
      if (type === '' || isUnknown(type) || type === 'ec-p256' || !domains.has(trustDomainName(config!.server.text('trust_domain')))) continue;
      report.in(text, config!.server.at('ca_key_type').line, `ca_key_type is ${type}`);
    }
  },
};
