import { basename } from 'node:path';
import { fileOf, kustomizationsOf, resourceFiles } from '../../../model/kustomize';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshOperatorApplied: Rule = {
  id: 'MESH-OPERATOR-APPLIED',
  level: Level.ERROR,
  title: 'an IstioOperator is sent to the cluster',
  why: 'the operator in the cluster ended with Istio 1.24: nothing reads the object, and without its definition the API server refuses the whole apply',
  fix: 'keep it out of the kustomization: it is a file for istioctl; in a cluster use Helm or the Istio of the Sail operator',
  source: 'istio 1.24 release notes',
  check: (system, report) => {
    const listed = new Set(kustomizationsOf(system).flatMap(resourceFiles));
    for (const operator of system.all('IstioOperator')) {
      if (listed.has(fileOf(operator))) report.at(operator, ['kind'], `a kustomization lists ${basename(operator.file)} among its resources`);
    }
  },
};
