import { usesSpire } from '../../../model/mesh/mesh';
import { agentsOfNodes } from '../../../model/spire/agents';
import { spireChart } from '../../../model/spire/charts';
import { isFederatedMesh } from '../../federated-domains';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedSdsNames: Rule = {
  id: 'FED-SDS-NAMES',
  level: Level.ERROR,
  title: 'the agents do not give foreign bundles to Istio\'s proxies',
  why: 'proxies ask for ROOTCA, which SPIRE answers with the own bundle only: certificates of partners are not trusted',
  fix: 'set sds { default_bundle_name = "null" default_all_bundles_name = "ROOTCA" } on every agent',
  source: 'observed: runs of Envoy 1.40 with SPIRE 1.15.3; pkg/agent/endpoints/sdsv3/handler.go',
  check: (system, report) => {
    if (system.meshes.length === 0 || !isFederatedMesh(system)) return;
    const chart = spireChart(system);
    if (chart?.givesAllBundles === false && system.meshes.some(usesSpire)) {
      report.at(chart.values, ['spire-agent', 'sds'], 'the chart leaves ROOTCA without the bundles of federated trust domains', CHART_FIX);
    }
    for (const agent of agentsOfNodes(system)) {
      const sds = agent.config?.agent.block('sds');
      if (sds?.bool('disable_spiffe_cert_validation')) {
        report.in(agent.text, sds.at('disable_spiffe_cert_validation').line, 'disable_spiffe_cert_validation is true: the agent cannot give the bundles of several trust domains', 'remove disable_spiffe_cert_validation');
        continue;
      }
      if (!agent.config || ((sds?.text('default_all_bundles_name') || 'ALL') === 'ROOTCA' && (sds?.text('default_bundle_name') || 'ROOTCA') !== 'ROOTCA')) continue;
      report.in(agent.text, (agent.config.agent.has('sds') ? agent.config.agent.at('sds') : agent.config.file.at('agent')).line, 'ROOTCA does not hold the bundles of federated trust domains');
    }
  },
};

const CHART_FIX = 'set spire-agent.sds: {enabled: true, defaultBundleName: "null", defaultAllBundlesName: ROOTCA}';
