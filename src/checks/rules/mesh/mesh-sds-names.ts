import { wantsSpire } from '../../../model/mesh/injection';
import { usesSpire } from '../../../model/mesh/mesh';
import { agentsOfNodes } from '../../../model/spire/agents';
import { Agent } from '../../../model/spire/discovery';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshSdsNames: Rule = {
  id: 'MESH-SDS-NAMES',
  level: Level.ERROR,
  title: 'the agents do not know the secrets that Istio\'s proxies ask for',
  why: 'proxies ask for "default" and "ROOTCA", and nothing else: SPIRE refuses the request, and no proxy becomes ready',
  fix: 'leave default_svid_name as "default", and have default_bundle_name or default_all_bundles_name "ROOTCA"',
  source: 'pkg/agent/endpoints/sdsv3/handler.go; istio pkg/security',
  check: (system, report) => {
    const isAsked = system.meshes.some(usesSpire) || system.workloads.some(workload => wantsSpire(system, workload));
    const agents = isAsked ? agentsOfNodes(system) : [];
    // where there are several, those that fit are for the mesh
    if (agents.some(agent => isFit(namesOf(agent)))) return;
    for (const agent of agents) {
      const sds = agent.config!.agent.block('sds')!;
      const [svid, bundle, all] = namesOf(agent);
      if (svid !== 'default' && !isUnknown(svid)) report.in(agent.text, sds.at('default_svid_name').line, `default_svid_name is "${svid}", and proxies ask for "default"`);
      if (bundle === 'ROOTCA' || all === 'ROOTCA' || isUnknown(bundle + all)) continue;
      report.in(agent.text, sds.at('default_bundle_name').line, `default_bundle_name is "${bundle}", default_all_bundles_name is "${all}", and proxies ask for "ROOTCA"`);
    }
  },
};

/** The names of the SVID, of the own bundle and of all bundles; those of the standard where nothing is seen. */
function namesOf(agent: Agent): string[] {
  const sds = agent.config?.agent.block('sds');
  return [['default_svid_name', 'default'], ['default_bundle_name', 'ROOTCA'], ['default_all_bundles_name', 'ALL']].map(([key, standard]) => sds?.text(key) || standard);
}

function isFit([svid, bundle, all]: readonly string[]): boolean {
  return svid === 'default' && [bundle, all].includes('ROOTCA');
}
