import { Duration } from 'cdk8s';
import { FileRef, NodeAttestor, SpireVersion } from '../../../../src';
import { configured, OWN_CLUSTER, serverPod } from '../plugins/pods';

const accountList = FileRef.text('[]');
const configure = (attestor: NodeAttestor, version: string) => configured(attestor._sides().server(OWN_CLUSTER), serverPod(SpireVersion.of(version)));

test('without credentials the pod\'s own identity counts', () => {
  expect(configure(NodeAttestor.awsIid(), '1.15.3')).toMatchObject({ lines: [''], pod: { env: [] } });
});

test.each([
  ['an organization with two ways', () => NodeAttestor.awsIid({ organization: { accountList, managementAccountId: '1' } }), 'keep one of the two ways'],
  ['half an organization', () => NodeAttestor.awsIid({ organization: { managementAccountId: '1' } }), 'needs managementAccountId and assumeOrgRole together'],
  ['a list that is asked for too often', () => NodeAttestor.awsIid({ organization: { accountList, accountMapTtl: Duration.seconds(30) } }),
    'accountMapTtl 30s is too short: give at least 1m'],
  ['a partition that is none', () => NodeAttestor.awsIid({ partition: 'gcp' }), "partition 'gcp' is unknown: use one of aws, aws-cn, aws-us-gov"],
  ['no EKS cluster', () => NodeAttestor.awsIid({ eksClusterNames: [] }), 'eksClusterNames is empty: give at least one'],
  ['a list before 1.15.3', () => configure(NodeAttestor.awsIid({ organization: { accountList } }), '1.15.2'), 'accountList of awsIid needs SPIRE 1.15.3'],
  ['EKS clusters before 1.13.1', () => configure(NodeAttestor.awsIid({ eksClusterNames: ['a'] }), '1.13.0'), 'eksClusterNames of awsIid needs SPIRE 1.13.1'],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});
