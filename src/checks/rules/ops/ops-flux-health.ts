import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsFluxHealth: Rule = {
  id: 'OPS-FLUX-HEALTH',
  level: Level.ERROR,
  title: 'a Kustomization of Flux waits for a status that SPIRE objects never have',
  why: 'status.set of a ClusterStaticEntry stays false even where the entry is there, and a ClusterFederatedTrustDomain has no status: the Kustomization fails when its time is over, and what depends on it is never applied',
  fix: 'wait for status.rendered of a ClusterStaticEntry or status.stats of a ClusterSPIFFEID, and for no status of a ClusterFederatedTrustDomain',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const one of system.all('Kustomization').filter(({ group }) => group === 'kustomize.toolkit.fluxcd.io')) {
      asObjects(one.spec.healthCheckExprs).forEach((check, i) => {
        const current = asText(check.current);
        const problem = !asText(check.apiVersion).startsWith('spire.spiffe.io/') ? undefined
          : check.kind === 'ClusterSPIFFEID' && /\bstatus\.conditions\b/.test(current) ? 'a ClusterSPIFFEID has no conditions'
            : check.kind === 'ClusterStaticEntry' && /\bstatus\.set\b/.test(current) ? 'status.set of a ClusterStaticEntry is always false'
              : check.kind === 'ClusterFederatedTrustDomain' && /\bstatus\.\w/.test(current) ? 'the status of a ClusterFederatedTrustDomain is always empty' : undefined;
        if (problem !== undefined) report.at(one, ['spec', 'healthCheckExprs', i, 'current'], problem);
      });
    }
  },
};
