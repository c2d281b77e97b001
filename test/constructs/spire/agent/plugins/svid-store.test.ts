import { SvidStore } from '../../../../../src';
import { agentPod, configured } from '../../plugins/pods';

test('without credentials the pod\'s own identity counts', () => {
  expect(configured(SvidStore.awsSecretsManager({ region: 'eu-west-1' })._plugin(), agentPod()).lines).toEqual(['region = "eu-west-1"']);
  expect(configured(SvidStore.gcpSecretManager()._plugin(), agentPod()).lines).toEqual(['']);
});

test('fails without a region', () => {
  expect(() => SvidStore.awsSecretsManager({ region: '' })).toThrow('region is empty: give a value, or leave it out if it is optional');
});
