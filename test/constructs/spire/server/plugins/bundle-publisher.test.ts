import { Duration } from 'cdk8s';
import { BundleFormat, BundlePublisher, FileRef, SecretRef, Spire, SpireVersion } from '../../../../../src';
import { synthPlatform } from '../../../../support/synth';
import { configured, serverPod } from '../../plugins/pods';

const kubeConfig = FileRef.secret(SecretRef.of('kube'), 'config');
const spire = (...bundlePublishers: BundlePublisher[]) => synthPlatform((platform) => new Spire(platform, 'spire', { server: { bundlePublishers } }));
const s3 = (refreshHint: Duration) => BundlePublisher.awsS3({ region: 'r', bucket: 'b', objectKey: 'k', format: BundleFormat.PEM, refreshHint });
const blob = { storageAccountName: 'a', containerName: 'c', blobName: 'b', format: BundleFormat.PEM };

test('ConfigMaps of several clusters share one plugin', () => {
  const conf = spire(
    BundlePublisher.k8sConfigMap({ clusterName: 'a', kubeConfig, namespace: 'spire' }),
    BundlePublisher.k8sConfigMap({ clusterName: 'b', kubeConfig, namespace: 'spire' }),
    s3(Duration.minutes(5)),
  ).object('ConfigMap', 'spire-server').data['server.conf'];
  expect(conf.match(/BundlePublisher "/g)).toHaveLength(2);
  expect(conf.match(/configmap_name = "spire-bundle"/g)).toHaveLength(3);
});

test.each([
  ['a cluster twice', () => spire(BundlePublisher.k8sConfigMap({ clusterName: 'prod', kubeConfig, namespace: 'spire' })),
    "cluster 'prod' gets the trust bundle twice: give each cluster once, this one has it already"],
  ['an empty namespace', () => BundlePublisher.k8sConfigMap({ clusterName: 'a', kubeConfig, namespace: '' }), 'namespace is empty'],
  ['a short hint', () => spire(s3(Duration.seconds(30))), 'refreshHint 30s is not possible: give at least 1m and less than 24h'],
  ['a long hint', () => spire(s3(Duration.hours(24))), 'refreshHint 24h is not possible'],
  ['an empty anchor', () => BundlePublisher.awsRolesAnywhere({ region: 'r', trustAnchorId: '' }), 'trustAnchorId is empty'],
  ['an ARN as ID', () => BundlePublisher.awsRolesAnywhere({ region: 'eu-west-1', trustAnchorId: 'arn:aws:rolesanywhere:eu-west-1:1:trust-anchor/ab-cd' }),
    "is an ARN: give the ID alone, which is its last part, 'ab-cd'"],
  ['an endpoint of another region', () => BundlePublisher.awsS3({
    region: 'eu-west-1', bucket: 'b', objectKey: 'k', format: BundleFormat.PEM, endpoint: 'https://s3.us-east-1.amazonaws.com',
  }), "endpoint 'https://s3.us-east-1.amazonaws.com' is in region 'us-east-1', but region is 'eu-west-1': make both the same"],
  ['an endpoint of another account', () => BundlePublisher.azureBlob({ ...blob, serviceEndpoint: 'https://other.blob.core.windows.net' }),
    "is of the account 'other', but storageAccountName is"],
  ['a bucket by its URL', () => BundlePublisher.awsS3({ region: 'eu-west-1', bucket: 's3://b', objectKey: 'k', format: BundleFormat.PEM }),
    "bucket 's3://b' is no name of a bucket: use letters, digits"],
  ['an account that is none', () => BundlePublisher.azureBlob({ ...blob, storageAccountName: 'My_Account' }),
    "storageAccountName 'My_Account' is no name of an account: use up to 24 lower-case letters and digits"],
  ['an empty bucket', () => BundlePublisher.gcpCloudStorage({ bucketName: '', objectName: 'o', format: BundleFormat.PEM }), 'bucketName is empty'],
  ['two kinds of credentials', () => BundlePublisher.azureBlob({
    ...blob, storageAccountKey: SecretRef.of('a'), clientSecret: { tenantId: 't', appId: 'a', secret: SecretRef.of('a') },
  }), 'storageAccountKey and clientSecret of azure_blob exclude each other'],
  ['Azure before 1.15.3', () => configured(BundlePublisher.azureBlob(blob)._plugin()!, serverPod(SpireVersion.of('1.15.2'))), 'BundlePublisher.azureBlob needs SPIRE 1.15.3'],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});
