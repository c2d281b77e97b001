import { networkOf } from '../../../model/clusters';
import { Workload } from '../../../model/kubernetes/workload';
import { asList, asObjects } from '../../../model/manifest';
import { passThroughs } from '../../../model/mesh/east-west';
import { NETWORK_VIEW } from '../../../model/mesh/networks';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedNetworkView: Rule = {
  id: 'FED-NETWORK-VIEW',
  level: Level.WARNING,
  title: 'the gateway for other clusters sees the pods of all networks',
  why: 'where a service is in several clusters it passes a part of their calls on to the gateway of another one, and even back to the caller\'s',
  fix: `set ${NETWORK_VIEW} of the gateway's proxy to the network of the cluster`,
  source: 'istio pilot/pkg/model/proxy_view.go; samples/multicluster/gen-eastwest-gateway.sh',
  check: (system, report) => {
    const network = networkOf(system);
    if (network === '') return;
    for (const workload of new Set(passThroughs(system).flatMap(({ workloads }) => workloads))) {
      if (!mayHaveView(workload)) report.at(workload.manifest, workload.at('spec', 'containers'), `the proxy of ${workload.namespace}/${workload.name} has no ${NETWORK_VIEW}: "${network}"`);
    }
  },
};

/** Whether a view is set, or may be: in an annotation, or by what a ConfigMap holds. */
function mayHaveView(workload: Workload): boolean {
  return JSON.stringify(workload.annotations).includes('REQUESTED_NETWORK_VIEW')
    || workload.containers.some(({ value }) => asList(value.envFrom).length > 0 || asObjects(value.env).some(({ name }) => name === NETWORK_VIEW));
}
