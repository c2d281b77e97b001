import { basename } from 'node:path';
import { asTexts } from '../../../model/manifest';
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
    const listed = new Set(system.all('Kustomization').filter(({ group }) => group === 'kustomize.config.k8s.io').flatMap(({ value }) => asTexts(value.resources).map(name => basename(name))));
    for (const operator of listed.size > 0 ? system.all('IstioOperator') : []) {
      if (listed.has(basename(operator.file))) report.at(operator, ['kind'], `a kustomization lists ${basename(operator.file)} among its resources`);
    }
  },
};
