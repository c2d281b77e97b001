import { sdsClusters } from '../../../model/envoy';
import { asObject, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyNode: Rule = {
  id: 'ENVOY-NODE',
  level: Level.ERROR,
  title: 'an Envoy that fetches secrets has no name',
  why: 'Envoy does not start: "node \'id\' and \'cluster\' are required"',
  fix: 'set node.id and node.cluster, or --service-node and --service-cluster',
  source: 'observed: Envoy 1.40',
  check: (system, report) => {
    if (system.envoys.length === 0) return;
    const flagged = system.workloads.some(workload => workload.containers.some(container => /--service-(node|cluster)/.test(container.script)));
    for (const envoy of system.envoys) {
      const node = asObject(asObject(envoy.value).node);
      if (sdsClusters(envoy).length === 0 || flagged || (asText(node.id) !== '' && asText(node.cluster) !== '')) continue;
      report.at(envoy, ['node'], 'node.id and node.cluster are not set');
    }
  },
};
