// Writes docs/helm-values.md from docs/helm-values.json: each value of the SPIRE Helm chart, and the property that takes its place.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const INTRODUCTION = `You have values such as these:

\`\`\`yaml
global:
  spire: { clusterName: prod, trustDomain: example.org, jwtIssuer: https://oidc.example.org }
spire-server:
  caTTL: 48h
  defaultX509SvidTTL: 4h
\`\`\`

They become:

\`\`\`ts
const platform = new Platform(app, 'prod', { cluster: Cluster.of({ name: 'prod', trustDomain: TrustDomain.of('example.org') }) });
new Spire(platform, 'spire', {
  server: { caTtl: Duration.hours(48), x509SvidTtl: Duration.hours(4), jwtIssuer: 'https://oidc.example.org' },
});
\`\`\`

It writes the manifests of the stages \`00-crds\` to \`30-spire-agent\`.

| step | command | answer |
|---|---|---|
| see the configuration that was made | \`kubectl -n spire-server get configmap spire-server -o jsonpath='{.data.server\\.conf}'\` | \`ca_ttl = "48h"\`, \`default_x509_svid_ttl = "4h"\` |
| see what the checks say of the values that you have | \`helm template spire . -f values.yaml \\| npx cdk8s-spiffe check -\` | a finding has the line, and the fix |
| undo | take the property out, and apply again | the pods of the server roll, and have the default |`.split('\n');

function rows(root) {
  return JSON.parse(readFileSync(join(root, 'docs', 'helm-values.json'), 'utf8'));
}

function page(root) {
  return [
    '# From the SPIRE Helm chart to properties',
    '',
    'What each capability of the chart `spire` 0.30 (repository helm-charts-hardened) becomes here, or why it has no property.',
    '`server.` and `agent.` are properties of `SpireServerProps` and `SpireAgentProps`, which `Spire` takes. A patch of an object survives. A release that stays is referred to: `Spire.fromHelmRelease`.',
    'Made by `node scripts/helm-values.js` out of `helm-values.json`; a test sees that each name exists.',
    '',
    ...INTRODUCTION,
    '',
    ...rows(root).flatMap((section) => [
      `## ${section.title}`, '', '| # | value | here |', '|---|---|---|', ...section.rows.map(([number, value, ours]) => `| ${number} | ${value} | ${ours} |`), '',
    ]),
  ].join('\n');
}

module.exports = { page, rows };

if (require.main === module) {
  const root = join(__dirname, '..');
  writeFileSync(join(root, 'docs', 'helm-values.md'), page(root));
}
