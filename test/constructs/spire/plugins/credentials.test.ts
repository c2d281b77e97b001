import { serverPod } from './pods';
import { SecretRef } from '../../../../src';
import { awsCredentials, azureCredentials } from '../../../../src/constructs/spire/plugins/credentials';

test('credentials come from a Secret through the environment, under names of the plugin', () => {
  const pod = serverPod();
  expect(Object.keys(awsCredentials(pod, 'AWS_KMS', SecretRef.of('aws')))).toEqual(['access_key_id', 'secret_access_key']);
  azureCredentials(pod, 'AZURE_BLOB', { tenantId: 't', appId: 'a', secret: SecretRef.of('azure') });
  expect(pod.env).toEqual([
    { name: 'AWS_KMS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'aws', key: 'access_key_id' } } },
    { name: 'AWS_KMS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 'aws', key: 'secret_access_key' } } },
    { name: 'AZURE_BLOB_APP_SECRET', valueFrom: { secretKeyRef: { name: 'azure', key: 'app_secret' } } },
  ]);
});

test('a pod with an identity of its own needs none', () => {
  const pod = serverPod();
  expect([awsCredentials(pod, 'X', undefined), azureCredentials(pod, 'X', undefined), pod.env]).toEqual([{}, {}, []]);
});
