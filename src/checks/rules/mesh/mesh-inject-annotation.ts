import { INJECT } from '../../../model/mesh/not-injected';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshInjectAnnotation: Rule = {
  id: 'MESH-INJECT-ANNOTATION',
  level: Level.INFO,
  title: 'injection is asked for by an annotation',
  why: 'the label is the supported form',
  fix: 'use the label sidecar.istio.io/inject, or label the namespace',
  source: 'istio pkg/kube/inject/inject.go',
  check: (system, report) => {
    for (const workload of system.workloads) {
      // Where the label is there too, the annotation is for old releases.
      if (workload.annotations[INJECT] !== undefined && workload.labels[INJECT] === undefined) report.at(workload.manifest, workload.at('metadata', 'annotations', INJECT), 'sidecar.istio.io/inject is an annotation');
    }
  },
};
