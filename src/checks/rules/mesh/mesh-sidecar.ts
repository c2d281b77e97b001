import { isFilledIn } from '../../../model/filled-in';
import { Manifest, asObjects, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSidecar: Rule = {
  id: 'MESH-SIDECAR',
  level: Level.ERROR,
  title: 'a Sidecar is refused, or is one too many in its namespace',
  why: 'istiod wants namespace/host, and takes one Sidecar without selector in a namespace: which of two has an effect is not defined',
  fix: 'write ./host, namespace/host or */host, and keep one Sidecar without workloadSelector',
  source: 'istio pkg/config/validation/validation.go; istioctl analyze IST0111',
  check: (system, report) => {
    const whole = new Map<string, Manifest>();
    for (const sidecar of system.all('Sidecar').filter(({ group }) => group === 'networking.istio.io')) {
      asObjects(sidecar.spec.egress).forEach((egress, i) => asTexts(egress.hosts).forEach((host, j) => {
        if (!host.includes('/') && !isFilledIn(host)) report.at(sidecar, ['spec', 'egress', i, 'hosts', j], `"${host}" has no namespace in front`);
      }));
      if (sidecar.spec.workloadSelector !== undefined) continue;
      const first = whole.get(sidecar.namespace);
      // beside each other in two files they may be alternatives
      if (first && first.file === sidecar.file && first.name !== sidecar.name) report.at(sidecar, ['metadata', 'name'], `${first.name} is for the whole namespace already`);
      whole.set(sidecar.namespace, first ?? sidecar);
    }
  },
};
