import { ALL_CASES } from './all-cases';
import { Case } from './cases';
import { keyPaths } from './key-paths';
import { OutputChecks, Spire } from '../../../../src';
import { CLUSTER, synthPlatform } from '../../../support/synth';

/**
 * What each plugin calls over the network; the API server is open to the server anyway. `undefined` is a plugin that stays in its pod or on its node.
 */
const CALLS: { readonly [plugin: string]: RegExp | undefined } = {
  'keymanager.aws_kms': /AWS kms/,
  'keymanager.gcp_kms': /cloudkms\.googleapis\.com:443/,
  'keymanager.azure_key_vault': /Azure Key Vault/,
  'keymanager.hashicorp_vault': /Vault/,
  'keymanager.disk': undefined,
  'keymanager.memory': undefined,
  'nodeattestor.aws_iid': /ec2\.\*\.amazonaws\.com|metadata of the node/,
  'nodeattestor.azure_imds': /login\.microsoftonline\.com|metadata of the node/,
  'nodeattestor.azure_msi': /login\.microsoftonline\.com|metadata of the node/,
  'nodeattestor.gcp_iit': /www\.googleapis\.com|169\.254\.169\.254|metadata of the node/,
  'nodeattestor.http_challenge': /hosts of agents|kubelet/,
  'nodeattestor.join_token': undefined,
  'nodeattestor.k8s_psat': undefined,
  'nodeattestor.sshpop': undefined,
  'nodeattestor.tpm_devid': undefined,
  'nodeattestor.x509pop': undefined,
  'upstreamauthority.aws_pca': /AWS acm-pca/,
  'upstreamauthority.awssecret': /AWS secretsmanager/,
  'upstreamauthority.cert-manager': /API server/,
  'upstreamauthority.disk': undefined,
  'upstreamauthority.ejbca': /EJBCA/,
  'upstreamauthority.gcp_cas': /privateca\.googleapis\.com:443/,
  'upstreamauthority.spire': /upstream SPIRE server/,
  'upstreamauthority.vault': /Vault/,
  'bundlepublisher.aws_rolesanywhere_trustanchor': /AWS rolesanywhere/,
  'bundlepublisher.aws_s3': /AWS s3/,
  'bundlepublisher.azure_blob': /Azure Storage/,
  'bundlepublisher.gcp_cloudstorage': /storage\.googleapis\.com:443/,
  'bundlepublisher.k8s_configmap': /API server/,
  'credentialcomposer.uniqueid': undefined,
  'workloadattestor.k8s': /kubelet/,
  'workloadattestor.docker': undefined,
  'workloadattestor.slurm': undefined,
  'workloadattestor.systemd': undefined,
  'workloadattestor.unix': undefined,
  'svidstore.aws_secretsmanager': /AWS secretsmanager/,
  'svidstore.gcp_secretmanager': /secretmanager\.googleapis\.com:443/,
};

const OTHERS = /^(datastore\.sql|[a-z]+\.(my_[a-z]+|my-[a-z]+|[a-z_-]*newer[a-z_-]*|cel|exchange|hsm|tpm))$/;

test.each(ALL_CASES.map((each): [string, Case] => [each.name, each]))('%s: the policies allow what the plugins call', (_, each) => {
  const output = synthPlatform((platform) => new Spire(platform, 'spire', each.props), CLUSTER, OutputChecks.OFF);
  for (const side of ['server', 'agent']) {
    const plugins = [...keyPaths(output.object('ConfigMap', `spire-${side}`).data[`${side}.conf`])].filter((path) => /^plugins\.[^.]+\.[^.]+$/.test(path))
      .map((path) => path.slice('plugins.'.length));
    const notes = output.object('NetworkPolicy', `spire-${side}`).metadata.annotations['cdk8s-spiffe.dev/egress'];
    const told = plugins.filter((plugin) => plugin in CALLS);
    expect(plugins.filter((plugin) => !told.includes(plugin) && !OTHERS.test(plugin))).toEqual([]);
    told.map((plugin) => CALLS[plugin]).filter((pattern) => pattern !== undefined).forEach((pattern) => expect(notes).toMatch(pattern!));
  }
});

test('each plugin is in a case', () => {
  const written = new Set(ALL_CASES.flatMap((each) => {
    const output = synthPlatform((platform) => new Spire(platform, 'spire', each.props), CLUSTER, OutputChecks.OFF);
    return ['server', 'agent'].flatMap((side) => [...keyPaths(output.object('ConfigMap', `spire-${side}`).data[`${side}.conf`])]);
  }));
  expect(Object.keys(CALLS).filter((plugin) => !written.has(`plugins.${plugin}`))).toEqual([]);
});
