import { acceptedDomains } from '../../../model/mesh/mesh';
import { IstioRelease, istioRelease } from '../../../model/mesh/version';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedIstioVersion: Rule = {
  id: 'FED-ISTIO-VERSION',
  level: Level.ERROR,
  title: 'Istio is too old to call another trust domain',
  why: 'it expects the own trust domain of workloads in other clusters, and refuses their certificates',
  fix: 'use Istio 1.29.2 or newer',
  source: 'istio pull request 59473; Sail operator docs',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      if (acceptedDomains(mesh).length === 0 && federatedTrustDomains(system).length === 0) continue;
      const release = istioRelease(mesh);
      if (release && isOld(release)) report.at(release.manifest, release.path, `Istio ${release.text} federates`);
    }
  },
};

function isOld({ minor, patch }: IstioRelease): boolean {
  return minor < 29 || minor === 29 && patch !== undefined && patch < 2;
}
