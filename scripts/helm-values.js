// Writes docs/helm-values.md from docs/helm-values.json: each value of the SPIRE Helm chart, and the property that takes its place.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

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
