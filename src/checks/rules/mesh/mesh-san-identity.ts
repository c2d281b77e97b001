import { asList, asText, asTexts } from '../../../model/manifest';
import { serviceOf } from '../../../model/mesh/hosts';
import { ruleTlsOf } from '../../../model/mesh/rule-tls';
import { identitiesBehind } from '../../../model/mesh/service-identities';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSanIdentity: Rule = {
  id: 'MESH-SAN-IDENTITY',
  level: Level.ERROR,
  title: 'a DestinationRule expects an identity that no pod of the host has',
  why: 'the caller compares the certificate with the list and nothing else: every connection fails',
  fix: 'name the service accounts of the pods behind the host, or leave subjectAltNames out',
  source: 'istio DestinationRule: ClientTLSSettings.subjectAltNames',
  check: (system, report) => {
    for (const rule of system.all('DestinationRule')) {
      const settings = ruleTlsOf(rule.spec).filter(([, tls]) => asList(tls.subjectAltNames).length > 0);
      if (settings.length === 0) continue;
      const host = asText(rule.spec.host);
      const service = LOCAL.test(host) ? serviceOf(system, host, rule.namespace) : undefined;
      const there = service ? identitiesBehind(system, `${service.name}.${service.namespace}`) : [];
      for (const [path, tls] of there.length > 0 ? settings : []) {
        const names = asTexts(tls.subjectAltNames);
        if (!['ISTIO_MUTUAL', 'MUTUAL'].includes(asText(tls.mode)) || names.some(name => there.includes(name))) continue;
        const [own] = there[0].split('/ns/');
        // MESH-SAN-SCHEME tells of the missing scheme; pods of other trust domains may answer too
        if (names.every(name => name.startsWith(`${own}/`))) report.at(rule, [...path, 'subjectAltNames'], `the pods of ${service!.name} are ${there.join(', ')}`);
      }
    }
  },
};

/** Names of Services of the own cluster; longer ones may be of others. */
const LOCAL = /^[^.*]+(\.[^.]+(\.svc(\.cluster\.local)?)?)?$/;
