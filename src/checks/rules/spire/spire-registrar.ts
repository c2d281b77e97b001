import { containersOf } from '../../../model/kubernetes/containers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireRegistrar: Rule = {
  id: 'SPIRE-REGISTRAR',
  level: Level.ERROR,
  title: 'workloads are registered with a program that is gone',
  why: 'k8s-workload-registrar left SPIRE, and speaks to no server of today',
  fix: 'use the SPIRE controller manager and ClusterSPIFFEIDs',
  source: 'https://github.com/spiffe/spire/blob/main/CHANGELOG.md',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /k8s-workload-registrar/)) report.at(workload.manifest, [...container.path, 'image'], `${container.image} is gone`);
    for (const object of system.all('SpiffeID').filter(({ group }) => group === 'spiffeid.spiffe.io')) report.at(object, ['kind'], 'a SpiffeID is for k8s-workload-registrar, which is gone');
  },
};
