import { CloudIdentity, Spire } from '../../../src';
import { synthPlatform } from '../../support/synth';

const output = (cloudIdentity: CloudIdentity) => synthPlatform((platform) => new Spire(platform, 'spire', { server: { cloudIdentity }, agent: { cloudIdentity } }));

test.each([
  ['AWS', CloudIdentity.aws('arn:aws:iam::123456789012:role/spire'), { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/spire' }],
  ['Google', CloudIdentity.gcp('spire@my-project.iam.gserviceaccount.com'), { 'iam.gke.io/gcp-service-account': 'spire@my-project.iam.gserviceaccount.com' }],
  ['Azure', CloudIdentity.azure('client'), { 'azure.workload.identity/client-id': 'client' }],
])('the service accounts have the identity of %s', (_, identity, annotations) => {
  expect(output(identity).object('ServiceAccount', 'spire-server').metadata.annotations).toMatchObject(annotations);
  expect(output(identity).object('ServiceAccount', 'spire-agent').metadata.annotations).toMatchObject(annotations);
});

test('pods ask for the token of Azure', () => {
  const set = output(CloudIdentity.azure('client')).object('StatefulSet', 'spire-server').spec;
  expect(set.template.metadata.labels['azure.workload.identity/use']).toBe('true');
  expect(set.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'spire-server' });
});

test('fails for what is no identity', () => {
  expect(() => CloudIdentity.aws('spire')).toThrow("role 'spire' is no ARN of an IAM role: write it as 'arn:aws:iam::123456789012:role/spire-server'");
  expect(() => CloudIdentity.gcp('spire')).toThrow("service account 'spire' is no Google service account");
  expect(() => CloudIdentity.azure(' ')).toThrow('clientId is empty: give a value, or leave it out if it is optional');
});
