import { isFilledIn } from '../../../model/filled-in';
import { Manifest, Path, asList, asObject, asText } from '../../../model/manifest';
import { trustDomains } from '../../../model/spire/entries';
import { spiffeIdError, trustDomainError } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const linkerdExternalWorkload: Rule = {
  id: 'LINKERD-EXTERNAL-WORKLOAD',
  level: Level.ERROR,
  title: 'an ExternalWorkload is not in the form of its version',
  why: 'the field is dropped or refused: proxies have no identity to expect, and do not call the machine',
  fix: 'write meshTLS: {identity: "spiffe://…", serverName: …} and one workloadIP, in workload.linkerd.io/v1beta1',
  source: 'linkerd: adding non-Kubernetes workloads',
  check: (system, report) => {
    for (const workload of system.all('ExternalWorkload').filter(({ group }) => group === 'workload.linkerd.io')) {
      for (const [path, message] of problems(workload)) report.at(workload, path, message);
      const { identity } = asObject(workload.spec.meshTLS ?? workload.spec.meshTls);
      const own = trustDomains(system);
      const domain = /^spiffe:\/\/([^/]+)\//.exec(asText(identity))?.[1];
      const isValid = domain !== undefined && !isFilledIn(domain) && trustDomainError(domain) === undefined;
      const isOther = own.length > 0 && isValid && !own.includes(domain);
      const message = `identity "${asText(identity)}" is of trust domain ${domain}, SPIRE has ${own.join(', ')}`;
      if (isOther) report.at(workload, ['spec', 'meshTLS', 'identity'], message, 'use the trust domain of the SPIRE that the machine asks');
    }
  },
};

function problems({ apiVersion, spec }: Manifest): [Path, string][] {
  const found: [Path, string][] = [];
  const [field, other] = apiVersion.endsWith('/v1alpha1') ? ['meshTls', 'meshTLS'] : ['meshTLS', 'meshTls'];
  if (spec[other] !== undefined) found.push([['spec', other], `${apiVersion} calls it ${field}`]);
  const tls = asObject(spec[field] ?? spec[other]);
  const identity = asText(tls.identity);
  const reason = identity === '' || isFilledIn(identity) ? undefined : spiffeIdError(identity);
  if (reason !== undefined) found.push([['spec', field, 'identity'], `identity "${identity}" is no SPIFFE ID: ${reason}`]);
  if (asList(spec.workloadIPs).length > 1) found.push([['spec', 'workloadIPs', 1], `there are ${asList(spec.workloadIPs).length} workloadIPs, one is allowed`]);
  return found;
}
