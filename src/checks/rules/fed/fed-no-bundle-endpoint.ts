import { servedBundles } from '../../../model/spire/bundle-endpoint';
import { spireChart } from '../../../model/spire/charts';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { rootCluster } from '../../../model/spire/nested';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedNoBundleEndpoint: Rule = {
  id: 'FED-NO-BUNDLE-ENDPOINT',
  level: Level.WARNING,
  title: 'the server federates and serves no bundle of its own',
  why: 'the partner cannot fetch the own bundle, so calls work in one direction at most',
  fix: 'add federation { bundle_endpoint { … profile "https_spiffe" {} } } and a Service on its port',
  source: 'doc/spire_server.md',
  check: (system, report) => {
    const chart = spireChart(system);
    if (chart?.servesBundle === false && federatedTrustDomains(system).length + chart.partners.length > 0) {
      report.at(chart.values, ['spire-server', 'federation'], 'the server federates, and federation.enabled is not true', 'set spire-server.federation.enabled: true');
    }
    // of a nested server others fetch the bundle at the server above it
    const root = rootCluster(system);
    if (federatedTrustDomains(system).length === 0 || !root || (root !== system && servedBundles(root).length > 0)) return;
    for (const server of system.servers) {
      const federation = server.config?.server.block('federation');
      if (server.config && !federation?.has('bundle_endpoint')) report.in(server.text, server.config.file.at('server').line, 'there is a ClusterFederatedTrustDomain, and the server has no bundle_endpoint');
    }
  },
};
