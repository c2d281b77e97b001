import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsFluxCrds: Rule = {
  id: 'OPS-FLUX-CRDS',
  level: Level.WARNING,
  title: 'a release of Flux does not wait for its definitions',
  why: 'spire has ClusterSPIFFEIDs, which nothing defines yet, and without retries a failed install is not tried again',
  fix: 'add dependsOn: [{name: <the release of spire-crds>}], or install.remediation.retries',
  source: 'helm-charts-hardened charts/spire README; Flux: HelmRelease dependsOn, install remediation',
  check: (system, report) => {
    const releases = system.all('HelmRelease').filter(({ group }) => group === 'helm.toolkit.fluxcd.io');
    const ofDefinitions = releases.filter(release => chartOf(release) === 'spire-crds');
    for (const release of releases.filter(one => chartOf(one) === 'spire')) {
      const { dependsOn, install, suspend } = release.spec;
      // what is in another folder may be another Kustomization, which is waited for as a whole
      const near = ofDefinitions.find(({ file }) => folderOf(file) === folderOf(release.file));
      const retries = asObject(asObject(install).remediation).retries ?? asObject(asObject(install).strategy).name;
      if (!near || asObjects(dependsOn).length > 0 || retries !== undefined || suspend === true) continue;
      report.at(release, ['spec'], `${release.name} does not wait for ${near.name}`);
    }
  },
};

function chartOf({ spec }: Manifest): string {
  return asText(asObject(asObject(spec.chart).spec).chart);
}

function folderOf(file: string): string {
  return file.replace(/[^/]*$/, '');
}
