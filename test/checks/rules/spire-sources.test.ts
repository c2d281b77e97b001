import { check, findingsOf, fixture, found } from '../cases';

describe('a configuration in base64', () => {
  const spire = fixture('spire.yaml');
  const encoded = (conf: (text: string) => string): string => spire.replace(/  agent\.conf: \|\n((?: {4}.*\n)+)/, (_, text: string) =>
    `  x: "1"\nbinaryData:\n  agent.conf: ${Buffer.from(conf(text)).toString('base64')}\n`);

  test('is read', () => {
    expect(check(encoded(text => text))).toEqual([]);
  });

  test('fails on the line of its key', () => {
    const text = encoded(conf => conf.replace('cluster = "demo"', 'cluster = "prod"'));
    const [finding] = findingsOf('SPIRE-CLUSTER-NAME', text);
    expect(text.split('\n')[finding.line - 1]).toMatch(/^  agent\.conf: /);
  });
});

test('variables that a whole Secret brings are not known, so none of Vault is said to win', () => {
  const told = (env: string) => found('SPIRE-VAULT-ENV', fixture('spire.yaml').replace(/BundlePublisher "k8s_configmap"([^]*?)args: \[-config, \/run\/spire\/config\/server.conf\]/,
    `UpstreamAuthority "vault" { plugin_data { vault_addr = "https://vault" } }\n      BundlePublisher "k8s_configmap"$1${env}\n        args: [-config, /run/spire/config/server.conf]`));
  expect(told('env: [{name: VAULT_ADDR, value: "https://other"}]\n        envFrom: [{secretRef: {name: plugin}}]')).toHaveLength(1);
  expect(told('env: [{name: OTHER, value: a}]\n        envFrom: [{secretRef: {name: plugin}}]')).toEqual([]);
});

test('fails where a ConfigMap has YAML under the name of the file that a server reads', () => {
  const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata:\n  ${name}: |\n    server:\n      trust_domain: example.org\n`;
  const told = (name: string): string[] => findingsOf(/^SPIRE-/, map(name)).map(({ rule, line }) => `${rule} ${line}`);
  expect(told('server.conf')).toEqual(['SPIRE-SYNTAX 6']);
  expect(told('values.yaml')).toEqual([]);
});
