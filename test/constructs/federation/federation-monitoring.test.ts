import { TestCluster } from './fixture';
import { Federation, FederationMonitoring, FederationTopology } from '../../../src';
import { strictErrors } from '../../support/strict-schema';
import { Synthesized } from '../../support/synth';

const synth = (watched: 'eu' | 'us') => Synthesized.of((app) => {
  const clusters = { eu: new TestCluster(app, 'eu'), us: new TestCluster(app, 'us') };
  const federation = new Federation(app, 'federation', {
    members: [{ spire: clusters.eu.spire }, { spire: clusters.us.spire }],
    topology: FederationTopology.oneWay({ trusting: [clusters.eu.spire], trusted: [clusters.us.spire] }),
  });
  new FederationMonitoring(clusters[watched].platform, 'monitoring', { federation, spire: clusters[watched].spire, ruleLabels: { release: 'prometheus' } });
});

test('a bundle that never came has an alert by name, one that is no longer refreshed by label', () => {
  const output = synth('eu');
  const rule = output.object('PrometheusRule', 'spiffe-federation');
  expect(rule.metadata).toMatchObject({ namespace: 'spire-server', labels: { release: 'prometheus' } });
  expect(rule.spec.groups[0].rules.map((one: any) => [one.alert, one.expr])).toEqual([
    ['SPIFFEFederationWithoutBundle', 'absent(spire_server_bundle_manager_update_federated_bundle{trust_domain_id="us_example_org"})'],
    ['SPIFFEFederationRefreshFails', 'sum by (trust_domain_id) (increase(spire_server_bundle_manager_fetch_federated_bundle{status!="OK"}[15m])) > 0'
      + ' unless sum by (trust_domain_id) (increase(spire_server_bundle_manager_update_federated_bundle[15m])) > 0'],
  ]);
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('fails for a cluster that trusts nobody', () => {
  expect(() => synth('us')).toThrow("cluster 'us' trusts nobody in this federation, so there is nothing to watch");
});
