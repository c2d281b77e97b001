import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRemoteSecret: Rule = {
  id: 'MESH-REMOTE-SECRET',
  level: Level.ERROR,
  title: 'istiod does not look at the Secret of another cluster',
  why: 'it watches Secrets with the label istio/multiCluster: "true" only: the services of the other cluster are unknown',
  fix: 'add the label istio/multiCluster: "true"',
  source: 'istio pkg/kube/multicluster/secretcontroller.go',
  check: (system, report) => {
    for (const secret of system.all('Secret').filter(({ annotations, group }) => group === '' && annotations['networking.istio.io/cluster'] !== undefined)) {
      const label = secret.labels['istio/multiCluster'];
      if (label !== 'true') report.at(secret, ['metadata', 'labels'], label === undefined ? 'there is no label istio/multiCluster' : `the label istio/multiCluster is "${label}"`);
    }
  },
};
