import { asText } from '../../../model/manifest';
import { usesSpire } from '../../../model/mesh/mesh';
import { trustDomains } from '../../../model/spire/entries';
import { isUnknown } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireTrustDomainsDiffer: Rule = {
  id: 'SPIRE-TRUST-DOMAINS-DIFFER',
  level: Level.ERROR,
  title: 'SPIRE\'s programs, or SPIRE and the mesh, have different trust domains',
  why: 'agents find no bundle, entries are refused, or Istio rejects every SVID',
  fix: 'use the trust domain of the SPIRE server everywhere',
  source: 'observed: runs of SPIRE 1.15.3; istio pkg/security',
  check: (system, report) => {
    const own = trustDomains(system);
    if (own.length === 0) return;
    const other = (name: string): boolean => name !== '' && !isUnknown(name) && !own.includes(trustDomainName(name));
    const tell = (what: string, name: string): string => `${what} has the trust domain "${name}", the SPIRE server "${own.join('", "')}"`;
    for (const agent of system.agents) {
      const name = agent.config?.agent.text('trust_domain') ?? '';
      if (other(name)) report.in(agent.text, agent.config!.agent.at('trust_domain').line, tell('the agent', name));
    }
    for (const manager of system.managers) {
      const name = asText(manager.value.trustDomain);
      if (other(name) && !name.includes('$')) report.at(manager, ['trustDomain'], tell('the controller manager', name));
    }
    for (const provider of system.oidcProviders) {
      const name = provider.config?.file.block('workload_api')?.text('trust_domain') ?? '';
      if (other(name)) report.in(provider.text, provider.config!.file.at('workload_api').line, tell('the OIDC discovery provider', name));
    }
    for (const mesh of system.meshes) {
      const name = mesh.trustDomain;
      const given = mesh.config.value.trustDomain !== undefined;
      if (!other(name) || (!given && !usesSpire(mesh))) continue;
      report.at(mesh.manifest, [...mesh.config.path, 'trustDomain'], given ? tell('the mesh', name) : `meshConfig.trustDomain is not set, so "cluster.local"; the SPIRE server has "${own.join('", "')}"`);
    }
  },
};
