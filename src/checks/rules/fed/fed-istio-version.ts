import { asObject, asText } from '../../../model/manifest';
import { acceptedDomains } from '../../../model/mesh/mesh';
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
      const { spec } = mesh.manifest;
      const [path, version] = mesh.form === 'Istio' ? [['spec', 'version'], asText(spec.version)]
        : mesh.form === 'IstioOperator' && spec.tag !== undefined ? [['spec', 'tag'], asText(spec.tag)]
          : [[...mesh.values.path, 'global', 'tag'], asText(asObject(mesh.values.value.global).tag)];
      if (isOld(version)) report.at(mesh.manifest, path, `Istio ${version} federates`);
    }
  },
};

function isOld(version: string): boolean {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) return false;
  return Number(major) < 1 || (major === '1' && (Number(minor) < 29 || (minor === '29' && patch !== undefined && Number(patch) < 2)));
}
