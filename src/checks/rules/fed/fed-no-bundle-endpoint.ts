import { servedBundles } from '../../../model/spire/bundle-endpoint';
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
    // of a nested server others fetch the bundle at the server above it
    const root = rootCluster(system);
    if (federatedTrustDomains(system).length === 0 || !root || (root !== system && servedBundles(root).length > 0)) return;
    for (const server of system.servers) {
      const federation = server.config?.server.block('federation');
      if (server.config && !federation?.has('bundle_endpoint')) report.in(server.text, server.config.file.at('server').line, 'there is a ClusterFederatedTrustDomain, and the server has no bundle_endpoint');
    }
  },
};
